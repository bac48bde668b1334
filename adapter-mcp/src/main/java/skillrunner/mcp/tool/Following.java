package skillrunner.mcp.tool;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.domain.run.RequestId;
import tools.jackson.databind.json.JsonMapper;

/** Begins to follow runs. Safe for concurrent use. */
final class Following {
    private final RunUseCases runs;
    private final RunReport report;
    private final ProgressWords words;
    private final BackgroundTasks background;

    Following(RunUseCases runs, RunReport report, BackgroundTasks background, JsonMapper json) {
        this.runs = runs;
        this.report = report;
        this.words = new ProgressWords(json);
        this.background = background;
    }

    /** Follows a run for a call that started it: it ends with the call if the caller takes that back. */
    StartedCall own(RequestId request, Optional<Duration> patience, Caller caller, Consumer<ToolAnswer> done) {
        return call(request, patience, caller, done, () -> runs.cancel().cancel(request));
    }

    /** Follows a run that goes on whatever becomes of the call. */
    StartedCall other(RequestId request, Optional<Duration> patience, Caller caller, Consumer<ToolAnswer> done) {
        return call(request, patience, caller, done, () -> {});
    }

    private StartedCall call(
            RequestId request, Optional<Duration> patience, Caller caller, Consumer<ToolAnswer> done, Runnable cancel) {
        FollowedRun run = new FollowedRun(runs, report, words, background, request, caller, done);
        run.begin(patience);
        return new StartedCall() {
            @Override
            public void cancel() {
                run.letGo();
                cancel.run();
            }

            @Override
            public void letGo() {
                run.letGo();
            }
        };
    }
}
