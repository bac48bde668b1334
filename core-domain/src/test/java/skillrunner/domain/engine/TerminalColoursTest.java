package skillrunner.domain.engine;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalColoursTest {
    @Test
    void words_are_left_as_they_seem() {
        assertThat(TerminalColours.without("\u001b[91m\u001b[1mError: \u001b[0mSession not found\u001b[?25h"))
                .isEqualTo("Error: Session not found");
    }

    @Test
    void what_only_begins_like_one_stays() {
        String endless = "\u001b[" + "1;".repeat(100) + "m";

        assertThat(TerminalColours.without(endless)).isEqualTo(endless);
        assertThat(TerminalColours.without("[0m a[1] \u001b")).isEqualTo("[0m a[1] \u001b");
    }
}
