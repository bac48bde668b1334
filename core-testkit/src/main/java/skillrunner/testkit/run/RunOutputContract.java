package skillrunner.testkit.run;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.output.RunOutput.Tail;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.StreamReceipt;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.run.OutputStreamKind.STDERR;
import static skillrunner.domain.run.OutputStreamKind.STDOUT;

/** What every {@link RunOutput} promises. */
public abstract class RunOutputContract extends RunFoldersContract {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final int PLENTY = 100;

    @Test
    void a_run_that_never_started_has_no_output() {
        RunId run = created().id();

        assertThat(output().size(run, STDOUT)).isZero();
        assertThat(read(run, 0, PLENTY)).isEmpty();
        assertThat(output().receipt(run, STDOUT)).isEqualTo(new StreamReceipt(0, NOTHING));
        assertThat(output().tail(run, STDOUT, PLENTY)).isEmpty();
        assertThat(output().newest(run, STDOUT)).isEmpty();
        assertThat(output().prompt(run)).isEmpty();
    }

    @Test
    void a_process_that_has_written_nothing_yet_has_opened_its_streams() {
        Run run = created();
        opened(run, 1, "Do it");

        assertThat(output().size(run.id(), STDERR)).isZero();
        assertThat(output().tail(run.id(), STDERR, PLENTY)).contains(new Tail("", false));
        assertThat(output().newest(run.id(), STDERR).map(RunFoldersContract::text))
                .contains("");
        assertThat(output().prompt(run.id()).map(RunFoldersContract::text)).contains("Do it");
    }

    @Test
    void offsets_count_over_all_attempts_and_a_piece_never_spans_two() {
        RunId run = threeAttempts();

        assertThat(output().size(run, STDOUT)).isEqualTo(8);
        assertThat(output().start(run, STDOUT, 1)).isZero();
        assertThat(output().start(run, STDOUT, 2)).isEqualTo(5);
        assertThat(output().start(run, STDOUT, 3)).isEqualTo(5);
        assertThat(output().start(run, STDOUT, 4)).isEqualTo(8);
        assertThat(read(run, 0, PLENTY)).isEqualTo("abcde");
        assertThat(read(run, 3, PLENTY)).isEqualTo("de");
        assertThat(read(run, 5, PLENTY)).isEqualTo("fgh");
        assertThat(read(run, 6, 1)).isEqualTo("g");
        assertThat(read(run, 8, PLENTY)).isEmpty();
        assertThat(read(run, 1_000, PLENTY)).isEmpty();
    }

    @Test
    void a_piece_tells_whether_more_may_be_appended_to_its_attempt() {
        RunId run = threeAttempts();

        assertThat(output().read(run, STDOUT, 0, 1).attemptFollows()).isTrue();
        assertThat(output().read(run, STDOUT, 4, PLENTY).attemptFollows()).isTrue();
        assertThat(output().read(run, STDOUT, 5, 1).attemptFollows()).isFalse();
        assertThat(output().read(run, STDOUT, 8, 1).attemptFollows()).isFalse();
    }

    @Test
    void what_is_appended_is_seen_at_once_and_streams_do_not_mix() {
        Run run = created();
        AttemptFiles files = opened(run, 1, "");
        folders().append(files.stdout(), "out");
        folders().append(files.stderr(), "error");
        assertThat(read(run.id(), 0, PLENTY)).isEqualTo("out");

        folders().append(files.stdout(), "put");

        assertThat(read(run.id(), 0, PLENTY)).isEqualTo("output");
        assertThat(output().size(run.id(), STDERR)).isEqualTo(5);
    }

    @Test
    void a_receipt_covers_all_attempts_as_one_stream() {
        Run run = created();
        folders().append(opened(run, 1, "").stdout(), "a");
        folders().append(opened(run, 2, "").stdout(), "bc");

        assertThat(output().receipt(run.id(), STDOUT)).isEqualTo(new StreamReceipt(3, ABC));
        assertThat(output().receipt(run.id(), STDERR)).isEqualTo(new StreamReceipt(0, NOTHING));
    }

    @Test
    void the_newest_attempt_is_shown() {
        Run run = created();
        folders().append(opened(run, 1, "first").stdout(), "old");
        folders().append(opened(run, 2, "second").stdout(), "new output");

        assertThat(output().prompt(run.id()).map(RunFoldersContract::text)).contains("second");
        assertThat(output().newest(run.id(), STDOUT).map(RunFoldersContract::text))
                .contains("new output");
        assertThat(output().tail(run.id(), STDOUT, 6)).contains(new Tail("output", true));
        assertThat(output().tail(run.id(), STDOUT, PLENTY)).contains(new Tail("new output", false));
    }

    @Test
    void each_attempt_can_be_read_by_itself() {
        RunId run = threeAttempts();

        assertThat(output().attempts(run)).isEqualTo(3);
        assertThat(output().attempt(run, STDOUT, 1).map(RunFoldersContract::text))
                .contains("abcde");
        assertThat(output().attempt(run, STDOUT, 2).map(RunFoldersContract::text))
                .contains("");
        assertThat(output().attempt(run, STDOUT, 3).map(RunFoldersContract::text))
                .contains("fgh");
        assertThat(output().attempt(run, STDOUT, 4)).isEmpty();
        assertThat(output().attempt(run, STDOUT, 0)).isEmpty();
        assertThat(output().attempts(created().id())).isZero();
    }

    @Test
    void an_attempt_that_is_opened_again_keeps_its_output() {
        Run run = created();
        folders().append(opened(run, 1, "first").stdout(), "written");

        opened(run, 1, "first");

        assertThat(read(run.id(), 0, PLENTY)).isEqualTo("written");
    }

    @Test
    void runs_do_not_mix() {
        RunId run = threeAttempts();
        RunId other = created().id();

        assertThat(output().size(other, STDOUT)).isZero();
        assertThat(output().size(run, STDOUT)).isEqualTo(8);
    }

    @Test
    void attempts_of_one_process_are_parts_of_what_it_writes() {
        Run run = created();
        String file = opened(run, 1, "first").stdout();
        folders().append(file, "abcde");
        keepAfter(run, 1, 3);
        assertThat(output().size(run.id(), STDOUT)).isEqualTo(3);
        assertThat(output().attempts(run.id())).isEqualTo(1);
        assertThat(read(run.id(), 0, PLENTY)).isEqualTo("abc");
        assertThat(read(run.id(), 3, PLENTY)).isEmpty();
        StreamReceipt receipt = output().receipt(run.id(), STDOUT);
        assertThat(receipt).isEqualTo(new StreamReceipt(3, ABC));

        goOn(run, 2, "second");
        folders().append(file, "fgh");
        keepAfter(run, 2, 4);
        keepAfter(run, 2, 1);
        goOn(run, 3, "third");

        assertThat(output().attempts(run.id())).isEqualTo(3);
        assertThat(output().attempt(run.id(), STDOUT, 1).map(RunFoldersContract::text))
                .contains("abc");
        assertThat(output().attempt(run.id(), STDOUT, 2).map(RunFoldersContract::text))
                .contains("defg");
        assertThat(output().newest(run.id(), STDOUT).map(RunFoldersContract::text))
                .contains("h");
        assertThat(output().tail(run.id(), STDOUT, PLENTY)).contains(new Tail("h", false));
        assertThat(output().start(run.id(), STDOUT, 2)).isEqualTo(3);
        assertThat(output().start(run.id(), STDOUT, 3)).isEqualTo(7);
        assertThat(output().size(run.id(), STDOUT)).isEqualTo(8);
        assertThat(read(run.id(), 1, PLENTY)).isEqualTo("bc");
        assertThat(read(run.id(), 4, PLENTY)).isEqualTo("efg");
        assertThat(read(run.id(), 7, PLENTY)).isEqualTo("h");
        assertThat(output().read(run.id(), STDOUT, 4, PLENTY).attemptFollows()).isTrue();
        assertThat(output().receipt(run.id(), STDOUT).bytes()).isEqualTo(8);
        assertThat(output().prompt(run.id()).map(RunFoldersContract::text)).contains("third");
        assertThat(output().attempt(run.id(), STDERR, 2).map(RunFoldersContract::text))
                .contains("");
    }

    private void keepAfter(Run run, int attempt, long stdout) {
        folders().workspaces().endTurn(run.id(), attempt, new OutputPosition(stdout, 0));
    }

    private void goOn(Run run, int attempt, String prompt) {
        folders().workspaces().goOn(audit(run, attempt), prompt, "\"" + prompt + "\"");
    }

    private RunId threeAttempts() {
        Run run = created();
        folders().append(opened(run, 1, "").stdout(), "abcde");
        opened(run, 2, "");
        folders().append(opened(run, 3, "").stdout(), "fgh");
        return run.id();
    }

    private RunOutput output() {
        return folders().output();
    }

    private String read(RunId run, long from, int max) {
        return new String(output().read(run, STDOUT, from, max).bytes(), StandardCharsets.UTF_8);
    }
}
