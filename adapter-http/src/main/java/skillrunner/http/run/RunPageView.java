package skillrunner.http.run;

import java.util.Objects;

/**
 * The page of a run.
 *
 * @param run the run
 * @param conversation the newest part of its conversation
 * @param files its files
 * @param firstOutput what comes with the page of its standard output, as JSON that can stand inside a script element; {@code null} as
 *     JSON if nothing does
 */
public record RunPageView(RunView run, ConversationView conversation, RunFilesView files, String firstOutput) {
    /** Refuses null parts. */
    public RunPageView {
        Objects.requireNonNull(run);
        Objects.requireNonNull(conversation);
        Objects.requireNonNull(files);
        Objects.requireNonNull(firstOutput);
    }
}
