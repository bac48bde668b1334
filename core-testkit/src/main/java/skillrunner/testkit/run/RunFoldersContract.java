package skillrunner.testkit.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.run.turn.PromptHandover;
import skillrunner.application.run.turn.TurnPlan;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.journal.Completion;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.skill.ExecutionMode;

/** What the contracts of the ports that work in the folders of runs have in common. */
public abstract class RunFoldersContract {
    final RunFixtures fixtures = new RunFixtures();
    private @Nullable RunFolders folders;

    /**
     * Makes a place without any run.
     *
     * @return the ports to test
     */
    protected abstract RunFolders emptyFolders();

    @BeforeEach
    void begin() {
        folders = emptyFolders();
    }

    final RunFolders folders() {
        if (folders == null) {
            throw new IllegalStateException("no test runs");
        }
        return folders;
    }

    /** Makes the folders of a run. */
    final Run created() {
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        folders().workspaces().create(run, request);
        return run;
    }

    /** Opens an attempt, whose process may write then. */
    final AttemptFiles opened(Run run, int number, String prompt) {
        return folders().workspaces().open(run.id(), folders().skill(), plan(run, number, prompt));
    }

    static TurnPlan plan(Run run, int number, String prompt) {
        EngineCommand command = new EngineCommand(
                List.of(), Map.of(), Set.of(), Map.of(".codex/settings.conf", "a = 1"), EngineCommand.Prompt.STDIN);
        return new TurnPlan(
                RunFixtures.startingAttempt(run, number),
                audit(run, number),
                ".codex/skills",
                "Answer with JSON.",
                command,
                prompt,
                new PromptHandover(List.of(), true),
                number > 1 ? Optional.of("\"answer " + number + "\"") : Optional.empty());
    }

    static AttemptAudit audit(Run run, int number) {
        return new AttemptAudit(
                run,
                ExecutionMode.AUTO,
                number,
                RunFixtures.NOW,
                Optional.empty(),
                Optional.empty(),
                Completion.RUNNING,
                DoneMarkers.NONE,
                List.of());
    }

    static String text(StoredBytes stored) {
        try (InputStream in = stored.open(0)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("what is stored can't be read", e);
        }
    }
}
