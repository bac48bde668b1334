package skillrunner.domain.run;

import java.util.Objects;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.Excerpt;
import skillrunner.domain.problem.Refusal;

/**
 * Why the package of a request was turned away.
 *
 * @param code the stable reason
 * @param message one or more sentences for people, cut if they are very long
 */
public record PackageRejection(ErrorCode code, String message) {
    private static final int MAX_MESSAGE = 2_000;

    /** Refuses null parts. */
    public PackageRejection {
        Objects.requireNonNull(code);
        message = Excerpt.of(message, MAX_MESSAGE);
    }

    /**
     * Keeps what whoever sent the package is told.
     *
     * @param refusal the answer
     * @return the same reason
     */
    public static PackageRejection of(Refusal refusal) {
        return new PackageRejection(refusal.code(), refusal.detail());
    }
}
