package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.output.RunOutput.Piece;
import skillrunner.application.run.output.RunOutput.Tail;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.testkit.hostile.HostileFamily;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.run.OutputStreamKind.STDERR;
import static skillrunner.domain.run.OutputStreamKind.STDOUT;
import static skillrunner.workspace.run.TestRuns.RUN;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FilesystemRunOutputTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final Path audit;
    private final FilesystemRunOutput output;

    FilesystemRunOutputTest(@TempDir Path data) throws IOException {
        RunLayout layout = new RunLayout(data);
        this.audit = Files.createDirectories(layout.audit(RUN));
        this.output = new FilesystemRunOutput(layout);
    }

    @Test
    void a_run_that_never_started_has_no_output() {
        assertThat(output.size(RUN, STDOUT)).isZero();
        assertThat(read(0, 10)).isEmpty();
        assertThat(output.receipt(RUN, STDOUT)).isEqualTo(new StreamReceipt(0, NOTHING));
        assertThat(output.tail(RUN, STDOUT, 10)).isEmpty();
        assertThat(output.prompt(RUN)).isEmpty();
    }

    @Test
    void offsets_count_over_all_attempts_and_a_piece_never_spans_two() throws Exception {
        write("stdout.1.log", "abcde");
        write("stdout.2.log", "");
        write("stdout.3.log", "fgh");

        assertThat(output.size(RUN, STDOUT)).isEqualTo(8);
        assertThat(output.start(RUN, STDOUT, 1)).isZero();
        assertThat(output.start(RUN, STDOUT, 2)).isEqualTo(5);
        assertThat(output.start(RUN, STDOUT, 3)).isEqualTo(5);
        assertThat(output.start(RUN, STDOUT, 4)).isEqualTo(8);
        assertThat(read(0, 100)).isEqualTo("abcde");
        assertThat(read(3, 100)).isEqualTo("de");
        assertThat(read(5, 100)).isEqualTo("fgh");
        assertThat(read(6, 1)).isEqualTo("g");
        assertThat(read(8, 100)).isEmpty();
        assertThat(read(1_000, 100)).isEmpty();
        assertThat(output.read(RUN, STDOUT, 0, 1).attemptFollows()).isTrue();
        assertThat(output.read(RUN, STDOUT, 5, 1).attemptFollows()).isFalse();
    }

    @Test
    void a_lost_attempt_takes_nothing_of_the_next_one_with_it() throws Exception {
        Files.createDirectory(audit.resolve("stdout.1.log"));
        write("stdout.2.log", "abc");

        assertThat(output.attempts(RUN)).isEqualTo(2);
        assertThat(output.attempt(RUN, STDOUT, 1)).isEmpty();
        assertThat(output.start(RUN, STDOUT, 2)).isZero();
        assertThat(read(0, 100)).isEqualTo("abc");
        assertThat(output.receipt(RUN, STDOUT)).isEqualTo(new StreamReceipt(3, ABC));
        assertThat(output.tail(RUN, STDOUT, 10)).contains(new Tail("abc", false));
    }

    @Test
    void streams_do_not_mix() throws Exception {
        write("stdout.1.log", "out");
        write("stderr.1.log", "error");

        assertThat(output.size(RUN, STDERR)).isEqualTo(5);
        assertThat(read(0, 10)).isEqualTo("out");
    }

    @Test
    void a_receipt_covers_all_attempts_as_one_stream() throws Exception {
        write("stdout.1.log", "a");
        write("stdout.2.log", "bc");

        assertThat(output.receipt(RUN, STDOUT)).isEqualTo(new StreamReceipt(3, ABC));
    }

    @Test
    void the_newest_prompt_and_the_end_of_the_newest_output_are_shown() throws Exception {
        write("prompt.1.txt", "first");
        write("prompt.2.txt", "second");
        write("stdout.1.log", "old");
        write("stdout.2.log", "0123456789");

        assertThat(text(output.prompt(RUN))).isEqualTo("second");
        assertThat(text(output.newest(RUN, STDOUT))).isEqualTo("0123456789");
        assertThat(output.tail(RUN, STDOUT, 4)).contains(new Tail("6789", true));
        assertThat(output.tail(RUN, STDOUT, 10)).contains(new Tail("0123456789", false));
    }

    @Test
    void what_is_stored_ends_where_it_ended_when_it_was_found() throws Exception {
        write("stdout.1.log", "0123456789");
        StoredBytes found = output.newest(RUN, STDOUT).orElseThrow();
        write("stdout.1.log", "0123456789 and more");

        assertThat(found.size()).isEqualTo(10);
        try (InputStream end = found.open(6)) {
            assertThat(end.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("6789");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "dangling", "loop", "link-to-folder", "pipe", "socket"})
    void what_took_the_place_of_the_output_counts_as_none_and_holds_nobody_up(String planted, @TempDir Path outside)
            throws Exception {
        HostileFamily.plant(Files.createDirectories(outside.resolve("family")), outside);
        Files.move(outside.resolve("family").resolve(planted), audit.resolve("stdout.1.log"));

        assertThat(output.size(RUN, STDOUT)).isZero();
        assertThat(read(0, 100)).isEmpty();
        assertThat(output.receipt(RUN, STDOUT)).isEqualTo(new StreamReceipt(0, NOTHING));
        assertThat(output.newest(RUN, STDOUT)).isEmpty();
        assertThat(output.tail(RUN, STDOUT, 100)).isEmpty();
    }

    private static String text(Optional<StoredBytes> stored) throws IOException {
        try (InputStream in = stored.orElseThrow().open(0)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String read(long from, int max) {
        Piece piece = output.read(RUN, STDOUT, from, max);
        return new String(piece.bytes(), StandardCharsets.UTF_8);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(audit.resolve(name), text);
    }
}
