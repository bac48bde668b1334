package skillrunner.domain.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.interaction.Interaction;

/** How long a question waits, and what is answered in the place of somebody who does not. */
public final class WaitingPolicy {
    /** The policy of a decision on what can be refused: what nobody agreed to is refused. */
    public static final String REFUSAL = "refusal";

    private WaitingPolicy() {}

    /**
     * Says until when a question waits.
     *
     * @param options how the run is carried out
     * @param kept whether the engine keeps running for the answer
     * @param now when it is asked
     * @return the moment, or empty if only its user may decide and nothing is taken up meanwhile, so that it waits for ever
     */
    public static Optional<Instant> deadline(RuntimeOptions options, boolean kept, Instant now) {
        return onExpiry(options, kept) == Expiry.NONE
                ? Optional.empty()
                : Optional.of(now.plusSeconds(options.sessionTimeoutSeconds()));
    }

    /** What follows when nobody has answered in time. */
    public enum Expiry {
        /** Nothing: there is no time to be over. */
        NONE,
        /** The run goes on with a decision made for its user. */
        AUTO_DECISION,
        /** The engine that was kept is ended, and the run fails. */
        FAILURE
    }

    /**
     * Decides. An engine that keeps running takes memory, so it is not kept for ever.
     *
     * @param options how the run is carried out
     * @param kept whether the engine keeps running for the answer
     * @return what follows
     */
    public static Expiry onExpiry(RuntimeOptions options, boolean kept) {
        if (!options.requireUserReply().orElse(true)) {
            return Expiry.AUTO_DECISION;
        }
        return kept ? Expiry.FAILURE : Expiry.NONE;
    }

    /**
     * Answers for somebody who did not.
     *
     * @param interaction a question whose time is over
     * @return the answer as plain values
     */
    public static Map<String, Object> autoDecision(Interaction interaction) {
        boolean refusal = interaction.question().kind().mayBeRefused();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("source", "auto_decide_timeout");
        answer.put("interaction_id", interaction.number());
        answer.put("reason", "user_no_reply");
        answer.put("policy", refusal ? REFUSAL : interaction.question().defaultDecisionPolicy());
        answer.put(
                "instruction",
                refusal
                        ? "Nobody answered in time. Take that for a no: don't do what was asked about, and go on without it."
                        : "Nobody answered in time. Decide by your own judgement and go on.");
        return answer;
    }
}
