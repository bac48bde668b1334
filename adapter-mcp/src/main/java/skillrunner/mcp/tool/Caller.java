package skillrunner.mcp.tool;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.run.RequestId;

/** Whoever made a call, and hears of it until it is answered. Safe for concurrent use; nothing here waits. */
interface Caller {
    /** Whether forms can be shown to the caller's user. */
    boolean canBeAsked();

    /** Whether the caller wants to hear of progress. */
    boolean wantsProgress();

    /** Tells how far a run is; news that comes meanwhile may take the place of this. */
    void progress(RequestId request, String message);

    /**
     * Shows a form.
     *
     * @return what was filled in; empty if it was put aside, or can't be shown
     */
    CompletableFuture<Optional<Map<String, @Nullable Object>>> ask(QuestionForm form);
}
