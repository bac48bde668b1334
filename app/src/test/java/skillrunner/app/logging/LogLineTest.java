package skillrunner.app.logging;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogLineTest {
    private static final String START =
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d \\[INFO] Runs ";

    /** What somebody may write to add a line, move the cursor, hide or turn round what stands in a line. */
    private static final List<String> HOSTILE = List.of(
            "\n",
            "\r",
            "\r\n",
            "\u000b",
            "\f",
            "\u0085",
            "\u2028",
            "\u2029",
            "\u0000",
            "\u001b[2J",
            "\u009b2J",
            "\u001b]0;title\u0007",
            "\b",
            "\u007f",
            "\u202e",
            "\u2066",
            "\u200f",
            "\u061c",
            "\u200b",
            "\ufeff",
            "\ud800",
            "\udc00",
            "\udb40\udc41",
            "\ue000");

    @Test
    void an_event_is_one_line_whatever_stands_in_it() {
        for (String hostile : HOSTILE) {
            String line = format("a" + hostile + "2026-11-28T00:00:00.000+00:00 [ERROR] forged");

            assertThat(line).matches(START + "a.*forged\n");
            assertThat(line.chars().filter(c -> c < ' ').count()).as(line).isEqualTo(1);
            assertThat(line.strip()).as(line).matches("[\\x20-\\x7e]+");
        }
    }

    @Test
    void what_is_changed_can_be_read() {
        assertThat(format("a\nb\tc\u001b[31md\u202ee\udb40\udc41f"))
                .endsWith("a\\nb\\tc\\u001b[31md\\u202ee\\u{e0041}f\n");
    }

    @Test
    void letters_of_every_script_stay() {
        assertThat(format("日本語 é Ж 🙂 \\ \"")).endsWith("日本語 é Ж 🙂 \\ \"\n");
    }

    @Test
    void a_long_text_is_cut_and_says_how_long_it_was() {
        String line = format("x".repeat(1_000_000));

        assertThat(line).hasSizeLessThan(2_200).endsWith("... (1000000 characters)\n");
    }

    @Test
    void the_messages_of_exceptions_are_made_harmless_and_their_traces_stay_on_the_line() {
        for (String hostile : HOSTILE) {
            Exception inner = new IllegalStateException("inner" + hostile + "forged" + "y".repeat(10_000));
            Exception outer = new IllegalArgumentException("outer" + hostile + "forged", inner);

            String line = format("it failed", outer);

            assertThat(line)
                    .matches(
                            START + "it failed \\| java.lang.IllegalArgumentException: outer.*"
                                    + " < skillrunner.app.logging.LogLineTest.* \\| caused by java.lang.IllegalStateException: inner.*\n");
            assertThat(line.strip()).matches("[\\x20-\\x7e]+").hasSizeLessThan(20_000);
        }
    }

    @Test
    void an_endless_chain_of_causes_ends() {
        Exception first = new IllegalStateException("first");
        Exception second = new IllegalStateException("second", first);
        first.initCause(second);

        assertThat(format("it failed", second)).hasSizeLessThan(100_000).endsWith("\n");
    }

    @Test
    void arguments_are_not_read_as_patterns() {
        LogRecord event = event("run {0}: {1}");
        event.setParameters(new Object[] {"{1}\n", "it's {0}"});

        assertThat(new LogLine().format(event)).endsWith("run {1}\\n: it's {0}\n");
    }

    private static String format(String message) {
        return new LogLine().format(event(message));
    }

    private static String format(String message, Throwable thrown) {
        LogRecord event = event(message);
        event.setThrown(thrown);
        return new LogLine().format(event);
    }

    private static LogRecord event(String message) {
        LogRecord event = new LogRecord(Level.INFO, message);
        event.setLoggerName("skillrunner.application.run.Runs");
        return event;
    }
}
