package skillrunner.domain.run;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of the files of a temporary skill that somebody comes across. Its run needs them until it has ended, and
 * removes them itself; what is found afterwards was kept on purpose, or was left by a server that was killed.
 */
public final class TempFilesPolicy {
    /** Longer than any upload takes: files this young may be on their way to a run. */
    static final Duration UPLOAD = Duration.ofHours(1);

    private final Duration retention;

    /**
     * Takes the limit.
     *
     * @param retention how long files stay that no run needs
     */
    public TempFilesPolicy(Duration retention) {
        this.retention = Objects.requireNonNull(retention);
    }

    /**
     * Tells whether files go while the server works.
     *
     * @param status where that run stands, if there is one
     * @param age how long ago they came
     * @return whether nobody needs them any more
     */
    public boolean removes(Optional<RunStatus> status, Duration age) {
        boolean recent = age.compareTo(retention) < 0 || age.compareTo(UPLOAD) < 0;
        return !isActive(status) && !recent;
    }

    /**
     * Tells whether files go before the server begins to work, when nothing is on its way.
     *
     * @param request the request they came with, if a run serves it
     * @param status where that run stands, if there is one
     * @param age how long ago they came
     * @return whether nobody needs them any more
     */
    public boolean removesAtStart(Optional<RunRequest> request, Optional<RunStatus> status, Duration age) {
        boolean wanted = request.filter(TempFilesPolicy::isKept).isPresent() && age.compareTo(retention) < 0;
        return !isActive(status) && !wanted;
    }

    /**
     * Tells whether the files stay when their run ends.
     *
     * @param request the request they came with
     * @return whether the client asked for it
     */
    public static boolean isKept(RunRequest request) {
        return request.options().debugKeepTemp();
    }

    private static boolean isActive(Optional<RunStatus> status) {
        return status.filter(it -> !it.isTerminal()).isPresent();
    }
}
