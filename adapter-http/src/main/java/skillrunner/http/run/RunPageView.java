package skillrunner.http.run;

import java.util.Objects;

/**
 * The page of a run.
 *
 * @param run the run
 * @param conversation the newest part of its conversation
 * @param files its files
 */
public record RunPageView(RunView run, ConversationView conversation, RunFilesView files) {
    /** Refuses null parts. */
    public RunPageView {
        Objects.requireNonNull(run);
        Objects.requireNonNull(conversation);
        Objects.requireNonNull(files);
    }
}
