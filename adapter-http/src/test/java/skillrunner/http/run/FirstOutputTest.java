package skillrunner.http.run;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;
import skillrunner.http.page.ScriptData;
import skillrunner.testkit.run.InMemoryOutput;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class FirstOutputTest {
    private static final RunId RUN = new RunId("22222222-2222-4222-8222-222222222222");
    private static final int PART = 64 * 1024;

    private final InMemoryOutput output = new InMemoryOutput();

    @BeforeEach
    void open() {
        output.open(RUN, 1, "");
    }

    @Test
    void nothing_comes_of_a_run_that_wrote_nothing() {
        assertThat(FirstOutput.read(output, RUN)).isEmpty();
    }

    @Test
    void all_of_a_short_output_comes() {
        write("one\ntwo €\n");

        assertThat(FirstOutput.read(output, RUN)).contains(new FirstOutput(0, 12, "one\ntwo €\n"));
    }

    @Test
    void a_line_without_its_end_is_left_to_the_stream() {
        write("one\ntwo");

        assertThat(FirstOutput.read(output, RUN)).contains(new FirstOutput(0, 4, "one\n"));
    }

    @Test
    void nothing_but_a_line_without_its_end_is_left_to_the_stream() {
        write("{\"type\":");

        assertThat(FirstOutput.read(output, RUN)).isEmpty();
    }

    @Test
    void what_is_neither_short_nor_long_is_streamed_from_its_beginning() {
        write("0123456789abcde\n".repeat(PART / 16) + "\n");

        assertThat(FirstOutput.read(output, RUN)).isEmpty();
    }

    @Test
    void of_a_long_output_the_last_whole_lines_come() {
        String line = "€".repeat(333) + "\n";
        write(line.repeat(2_000) + "last\nopen");

        FirstOutput first = FirstOutput.read(output, RUN).orElseThrow();

        assertThat(first.chunk()).startsWith("€€").endsWith("€\nlast\n");
        assertThat(first.from() % line.getBytes(UTF_8).length).isZero();
        assertThat(first.to()).isEqualTo(2_000_005);
        assertThat(first.to() - first.from())
                .isEqualTo(first.chunk().getBytes(UTF_8).length)
                .isBetween((long) PART - 1_010, (long) PART);
    }

    @Test
    void of_a_long_output_without_lines_nothing_comes() {
        write("x".repeat(2 << 20));

        assertThat(FirstOutput.read(output, RUN)).isEmpty();
    }

    @Test
    void what_several_turns_wrote_comes_together() {
        write("one\n");
        output.open(RUN, 2, "");
        write("two\n");

        assertThat(FirstOutput.read(output, RUN)).contains(new FirstOutput(0, 8, "one\ntwo\n"));
    }

    @Test
    void bytes_that_are_no_text_count_as_what_they_are() {
        output.append(RUN, OutputStreamKind.STDOUT, new byte[] {(byte) 0xC3, '\n', 0, (byte) 0xFF, '\n'});

        assertThat(FirstOutput.read(output, RUN)).contains(new FirstOutput(0, 5, "\uFFFD\n\0\uFFFD\n"));
    }

    @Test
    void nothing_that_was_written_ends_the_element_it_comes_in() {
        write("</script><script>alert(1)</script><!-- &amp;\n");

        assertThat(ScriptData.of(FirstOutput.read(output, RUN).orElseThrow())).doesNotContain("<", ">", "&");
    }

    private void write(String text) {
        output.append(RUN, OutputStreamKind.STDOUT, text.getBytes(UTF_8));
    }
}
