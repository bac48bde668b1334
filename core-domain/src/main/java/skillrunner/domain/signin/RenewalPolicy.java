package skillrunner.domain.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** When an access is renewed before a run begins, and what a provider's refusal means. */
public final class RenewalPolicy {
    /**
     * So long before its end an access is renewed. Longer than the five minutes at which the CLIs begin to: of runs that start together each
     * would spend the one token by itself.
     */
    public static final Duration AHEAD = Duration.ofMinutes(10);

    /** The first is that of OAuth, the others are OpenAI's. */
    private static final Set<String> ENDED = Set.of(
            "invalid_grant",
            "refresh_token_expired",
            "refresh_token_reused",
            "refresh_token_invalidated",
            "token_revoked");

    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_FAULT = 500;

    private RenewalPolicy() {}

    /**
     * Tells whether a token is to be spent now.
     *
     * @param facts what is known of it
     * @param now the time
     * @return true if what it renews ends soon, or if it was sent without an answer: the sooner it is repeated, the surer it is forgiven
     */
    public static boolean isDue(RenewalFacts facts, Instant now) {
        if (facts.refused() || facts.notBefore().filter(now::isBefore).isPresent()) {
            return false;
        }
        return facts.unanswered()
                || facts.accessEnds()
                        .filter(end -> !now.isBefore(end.minus(AHEAD)))
                        .isPresent();
    }

    /**
     * Reads an answer that is no new token.
     *
     * @param status of the answer
     * @param code the provider's word for what is wrong, if it has one
     * @return what it means, or empty if it means that the token has ended and somebody has to sign in
     */
    public static Optional<RenewalSetback> setback(int status, Optional<String> code) {
        if (status >= FIRST_REFUSAL && status < FIRST_FAULT) {
            if (status == TIMEOUT || status == TOO_MANY) {
                return Optional.of(RenewalSetback.BUSY);
            }
            return code.map(word -> word.toLowerCase(Locale.ROOT))
                            .filter(ENDED::contains)
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(RenewalSetback.NOT_FROM_HERE);
        }
        return Optional.of(RenewalSetback.UNKNOWN);
    }
}
