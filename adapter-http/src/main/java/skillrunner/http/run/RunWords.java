package skillrunner.http.run;

import java.util.Optional;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunStatus;
import skillrunner.http.page.Messages;
import skillrunner.http.page.StatusView;

/** What is said of a run alike in a list and on its page. */
final class RunWords {
    private RunWords() {}

    static StatusView status(RunStatus status, Messages messages) {
        return StatusView.of(status.wire(), messages);
    }

    /** Marks a run of a temporary skill; empty for any other. */
    static String temporary(RequestKind kind, Messages messages) {
        return switch (kind) {
            case JOB -> "";
            case TEMP -> messages.text("run.temporary");
        };
    }

    /** How it came through a restart of the server, if it did. */
    static Optional<String> recovery(Run run, Messages messages) {
        return run.recovery().reason().map(reason -> messages.text("recovery." + reason));
    }
}
