package skillrunner.domain.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;

import static org.assertj.core.api.Assertions.assertThat;

/** What the rows of a new snapshot must be like. */
class SnapshotRulesTest {
    @Test
    void good_rows_become_models_in_their_order_with_trimmed_ids() {
        SnapshotRow full =
                new SnapshotRow(" b ", Optional.of(" B "), true, Optional.of("n"), Optional.of(List.of("low", "high")));

        assertThat(SnapshotRules.check(List.of(full, SnapshotRow.of("B"), SnapshotRow.of("a/b:c"))))
                .isInstanceOfSatisfying(SnapshotRules.Verdict.Accepted.class, accepted -> {
                    assertThat(accepted.models()).extracting(ModelEntry::id).containsExactly("b", "B", "a/b:c");
                    assertThat(accepted.models().get(0).displayName()).contains(" B ");
                    assertThat(accepted.models().get(0).deprecated()).isTrue();
                    assertThat(accepted.models().get(0).supportedEfforts()).contains(List.of("low", "high"));
                    assertThat(accepted.models().get(0).provider()).isEmpty();
                });
    }

    @Test
    void an_empty_list_of_efforts_is_legal_and_kept() {
        SnapshotRow row = withEfforts();

        assertThat(SnapshotRules.check(List.of(row)))
                .isInstanceOfSatisfying(SnapshotRules.Verdict.Accepted.class, accepted -> assertThat(
                                accepted.models().get(0).supportedEfforts())
                        .contains(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a b", "a\tb", "a\u0000b", "a\u007fb", "a\u00a0b", "a\u3000b", "a@b", "a\ud800b"})
    void an_id_is_one_visible_word_without_an_at_sign(String id) {
        assertThat(errors(SnapshotRow.of("good"), SnapshotRow.of(id)))
                .extracting(FieldError::pointer)
                .containsExactly("/models/1/id");
    }

    @Test
    void an_id_has_at_most_two_hundred_characters() {
        assertThat(errors(SnapshotRow.of("x".repeat(201)))).hasSize(1);
        assertThat(SnapshotRules.check(List.of(SnapshotRow.of("x".repeat(200)))))
                .isInstanceOf(SnapshotRules.Verdict.Accepted.class);
    }

    @Test
    void an_id_stands_there_once_with_regard_to_the_space_around_it() {
        assertThat(errors(SnapshotRow.of("a"), SnapshotRow.of("b"), SnapshotRow.of(" a ")))
                .containsExactly(new FieldError("/models/2/id", "stands there twice"));
    }

    @Test
    void efforts_are_not_blank_and_stand_there_once() {
        assertThat(errors(withEfforts("")))
                .extracting(FieldError::pointer)
                .containsExactly("/models/0/supported_effort/0");
        assertThat(errors(withEfforts("low", " ", "low ")))
                .extracting(FieldError::pointer)
                .containsExactly("/models/0/supported_effort/1", "/models/0/supported_effort/2");
    }

    @Test
    void notes_have_at_most_two_thousand_characters() {
        assertThat(errors(
                        new SnapshotRow("a", Optional.empty(), false, Optional.of("x".repeat(2001)), Optional.empty())))
                .extracting(FieldError::pointer)
                .containsExactly("/models/0/notes");
    }

    @Test
    void a_snapshot_has_one_to_five_hundred_models() {
        assertThat(errors()).extracting(FieldError::pointer).containsExactly("/models");
        assertThat(errors(IntStream.range(0, 501)
                        .mapToObj(i -> SnapshotRow.of("m" + i))
                        .toArray(SnapshotRow[]::new)))
                .extracting(FieldError::pointer)
                .containsExactly("/models");
    }

    @Test
    void every_wrong_place_is_named_and_the_first_is_the_detail() {
        assertThat(SnapshotRules.check(
                        Stream.of("a", "a", "").map(SnapshotRow::of).toList()))
                .isInstanceOfSatisfying(SnapshotRules.Verdict.Refused.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo(ErrorCode.REQUEST_INVALID);
                    assertThat(refused.refusal().detail()).isEqualTo("/models/1/id: stands there twice");
                    assertThat(refused.refusal().errors()).hasSize(2);
                });
    }

    private static SnapshotRow withEfforts(String... efforts) {
        return new SnapshotRow("a", Optional.empty(), false, Optional.empty(), Optional.of(List.of(efforts)));
    }

    private static List<FieldError> errors(SnapshotRow... rows) {
        Refusal refusal = ((SnapshotRules.Verdict.Refused) SnapshotRules.check(List.of(rows))).refusal();
        return refusal.errors();
    }
}
