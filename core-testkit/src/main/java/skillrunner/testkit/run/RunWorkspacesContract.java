package skillrunner.testkit.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.result.RunArtifacts.Artifact;
import skillrunner.application.run.result.RunResult;
import skillrunner.application.run.turn.AnswerFiles.Taking;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.run.turn.Workspace;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RepairLevel;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What all {@link RunWorkspaces} promise, together with what keeps results and finds artifacts in the same folders. */
public abstract class RunWorkspacesContract extends RunFoldersContract {
    @Test
    void the_preparation_of_a_turn_may_be_repeated_as_a_whole() {
        Run run = created();
        AttemptFiles first = prepared(run);

        AttemptFiles second = prepared(run);

        assertThat(second).isEqualTo(first);
        assertThat(folders().output().prompt(run.id()).map(RunFoldersContract::text))
                .contains("Do it");
    }

    @Test
    void an_attempt_lies_where_it_was_said_to_lie() {
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        Workspace workspace = folders().workspaces().create(run, request);

        assertThat(opened(run, 1, "")).isEqualTo(folders().workspaces().attemptFiles(run.id(), 1));
        assertThat(folders().workspaces().attemptFiles(run.id(), 1).workspace()).isEqualTo(workspace.directory());
        assertThat(folders().workspaces().attemptFiles(run.id(), 2).stdout())
                .isNotEqualTo(folders().workspaces().attemptFiles(run.id(), 1).stdout());
    }

    @Test
    void a_run_has_no_result_until_one_is_written_and_then_the_last_one() throws Exception {
        Run run = created();
        assertThat(folders().records().storedResult(run.id())).isEmpty();

        folders().records().writeResult(run.id(), result("failed"));
        String failed = text(folders().records().storedResult(run.id()).orElseThrow());
        folders().records().writeResult(run.id(), result("success"));

        StoredBytes stored = folders().records().storedResult(run.id()).orElseThrow();
        assertThat(failed).contains("failed").startsWith("{");
        assertThat(text(stored)).contains("success").doesNotContain("failed");
        assertThat(stored.size()).isEqualTo(text(stored).getBytes(StandardCharsets.UTF_8).length);
        try (InputStream rest = stored.open(1)) {
            assertThat(new String(rest.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(text(stored).substring(1));
        }
    }

    @Test
    void a_written_result_tells_of_what_the_run_failed() {
        Run run = created();
        assertThat(folders().records().writtenFailure(run.id())).isEmpty();
        folders().records().writeResult(run.id(), result("success"));
        assertThat(folders().records().writtenFailure(run.id())).isEmpty();
        RunFailure failure = new RunFailure(RunFailureCode.ENGINE_UNAVAILABLE, "The CLI is \"gone\"");

        folders()
                .records()
                .writeResult(
                        run.id(),
                        new RunResult(
                                "failed",
                                Optional.empty(),
                                List.of(),
                                RepairLevel.NONE,
                                List.of(),
                                Optional.of(failure),
                                Optional.empty()));

        assertThat(folders().records().writtenFailure(run.id())).contains(failure);
    }

    @Test
    void closing_an_attempt_never_fails_and_keeps_its_output() {
        Run run = created();
        folders().append(opened(run, 1, "").stdout(), "written");

        folders().records().closeAttempt(audit(run, 1));
        folders().records().closeAttempt(audit(run, 1));
        folders().records().closeAttempt(audit(run, 2));

        assertThat(folders().output().newest(run.id(), OutputStreamKind.STDOUT).map(RunFoldersContract::text))
                .contains("written");
    }

    @Test
    void artifacts_are_listed_in_order_secured_and_opened() throws Exception {
        Run run = created();
        assertThat(folders().artifacts().list(run.id()).paths()).isEmpty();
        folders().leave(run.id(), "b.txt", "two");
        folders().leave(run.id(), "a.txt", "one");

        assertThat(folders().artifacts().list(run.id()).paths()).containsExactly("artifacts/a.txt", "artifacts/b.txt");
        assertThat(folders().artifacts().list(run.id()).complete()).isTrue();
        assertThat(folders().artifacts().secure(run.id()))
                .isEqualTo(folders().artifacts().list(run.id()));
        Artifact artifact =
                folders().artifacts().open(run.id(), "artifacts/a.txt").orElseThrow();
        assertThat(artifact.name()).isEqualTo("a.txt");
        assertThat(artifact.size()).isEqualTo(3);
        assertThat(content(artifact)).isEqualTo("one");
    }

    @Test
    void what_is_no_artifact_is_not_opened() {
        Run run = created();
        folders().leave(run.id(), "a.txt", "one");

        assertThat(folders().artifacts().open(run.id(), "artifacts/b.txt")).isEmpty();
        assertThat(folders().artifacts().open(run.id(), "a.txt")).isEmpty();
        for (String outside : List.of("artifacts/../a.txt", "../a.txt", "/etc/passwd")) {
            assertThatExceptionOfType(RefusedException.class)
                    .as(outside)
                    .isThrownBy(() -> folders().artifacts().open(run.id(), outside))
                    .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.PATH_INVALID));
        }
    }

    @Test
    void a_file_that_an_answer_names_is_taken_if_it_is_there() {
        Run run = created();
        folders().leave(run.id(), "report.md", "text");

        assertThat(folders().answerFiles().take(run.id(), "report.md"))
                .isEqualTo(new Taking.Taken("artifacts/report.md"));
        assertThat(folders().answerFiles().take(run.id(), "artifacts/report.md"))
                .isEqualTo(new Taking.Taken("artifacts/report.md"));
        assertThat(folders().answerFiles().take(run.id(), "missing.md")).isInstanceOf(Taking.Refused.class);
        assertThat(folders().answerFiles().take(run.id(), "../report.md")).isInstanceOf(Taking.Refused.class);
    }

    private AttemptFiles prepared(Run run) {
        folders().workspaces().create(run, fixtures.awaitingRequest());
        return opened(run, 1, "Do it");
    }

    private static RunResult result(String status) {
        return new RunResult(
                status, Optional.empty(), List.of(), RepairLevel.NONE, List.of(), Optional.empty(), Optional.empty());
    }

    private static String content(Artifact artifact) throws IOException {
        try (InputStream in = artifact.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
