package skillrunner.domain.signin;

import java.time.Duration;

/** Why a token was not renewed, though its provider did not say that it has ended. */
public enum RenewalSetback {
    /** It was not sent: there is no way to the provider. */
    NOT_SENT(Duration.ofMinutes(1)),
    /** It was sent, and nobody knows whether it was used: no answer came, or one that tells nothing. */
    UNKNOWN(Duration.ofSeconds(15)),
    /** The provider is busy. */
    BUSY(Duration.ofMinutes(1)),
    /** The provider does not want it from here, for example because it was given to another client. */
    NOT_FROM_HERE(Duration.ofHours(1));

    private final Duration pause;

    RenewalSetback(Duration pause) {
        this.pause = pause;
    }

    /**
     * Returns how long the token is left alone. What may have been used is repeated soon: providers forgive that for a while only.
     *
     * @return a span; no run waits for it
     */
    public Duration pause() {
        return pause;
    }

    /**
     * Tells whether the token may have been used without anybody having what it gave.
     *
     * @return true if only asking again shows
     */
    public boolean isUnanswered() {
        return this == UNKNOWN;
    }
}
