package skillrunner.commandline.terminal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextTableTest {
    @Test
    void columns_stand_below_each_other_also_with_wide_letters() {
        TextTable table = new TextTable("ID", "NAME", "X");
        table.row("a", "日本", "1");
        table.row("long", "e\u0301", "2");
        assertThat(table.lines()).containsExactly("ID    NAME  X", "a     日本  1", "long  e\u0301     2");
    }

    @Test
    void a_cell_holds_one_line_and_nothing_that_acts() {
        TextTable table = new TextTable("ID", "NAME");
        table.row("a", "one\ntwo\u001b[2J");
        assertThat(table.lines()).containsExactly("ID  NAME", "a   one two\\u001b[2J");
    }

    @Test
    void only_what_names_the_row_is_never_cut() {
        TextTable table = new TextTable("ID", "NAME");
        table.row("x".repeat(100), "字".repeat(100));
        assertThat(table.lines().get(1))
                .startsWith("x".repeat(100) + "  ")
                .endsWith("字…")
                .hasSize(100 + 2 + 29 + 1);
    }
}
