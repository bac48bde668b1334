package skillrunner.http.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ValueViewTest {
    @Test
    void an_object_is_shown_by_its_fields_in_their_order() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("count", 25);
        object.put("done", true);
        object.put("note", null);

        ValueView view = ValueView.of(object);

        assertThat(view.kind()).isEqualTo(ValueView.Kind.FIELDS);
        assertThat(view.names()).containsExactly("count", "done", "note");
        assertThat(view.values())
                .extracting(ValueView::kind)
                .containsExactly(ValueView.Kind.PLAIN, ValueView.Kind.PLAIN, ValueView.Kind.NOTHING);
    }

    @Test
    void a_list_of_plain_values_is_a_series() {
        assertThat(ValueView.of(List.of(2, 3, 5)).kind()).isEqualTo(ValueView.Kind.SERIES);
        assertThat(ValueView.of(List.of(2, List.of(3))).kind()).isEqualTo(ValueView.Kind.ITEMS);
    }

    @Test
    void a_list_of_objects_is_a_table_with_a_cell_for_every_column() {
        ValueView view = ValueView.of(List.of(Map.of("a", 1), Map.of("b", 2)));

        assertThat(view.kind()).isEqualTo(ValueView.Kind.TABLE);
        assertThat(view.names()).containsExactly("a", "b");
        assertThat(view.rows()).hasSize(2).allSatisfy(row -> assertThat(row).hasSize(2));
        assertThat(view.rows().get(0).get(1).kind()).isEqualTo(ValueView.Kind.NOTHING);
    }

    @Test
    void long_texts_keep_their_lines() {
        assertThat(ValueView.of("one\ntwo").kind()).isEqualTo(ValueView.Kind.TEXT);
        assertThat(ValueView.of("one").kind()).isEqualTo(ValueView.Kind.PLAIN);
    }

    @Test
    void what_is_too_long_or_too_deep_is_cut_and_says_so() {
        ValueView view = ValueView.of(Collections.nCopies(250, 7));
        assertThat(view.values()).hasSize(200);
        assertThat(view.text()).isEqualTo("50");

        Object deep = "bottom";
        for (int i = 0; i < 20; i++) {
            deep = Map.of("in", deep);
        }
        ValueView place = ValueView.of(deep);
        int depth = 0;
        while (place.kind() == ValueView.Kind.FIELDS) {
            place = place.values().get(0);
            depth++;
        }
        assertThat(depth).isEqualTo(8);
        assertThat(place.text()).isEqualTo("…");
    }

    @Test
    void a_text_that_leads_somewhere_is_a_link_wherever_it_stands() {
        ValueView view = ValueView.of(
                Map.of("files", List.of("artifacts/a", "none")), text -> text.startsWith("artifacts/") ? "/x" : "");

        assertThat(view.values().get(0).values()).extracting(ValueView::link).containsExactly("/x", "");
    }
}
