package skillrunner.domain.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.interaction.QuestionRules;

/** How a turn is judged. */
public sealed interface Verdict {
    /**
     * A valid answer.
     *
     * @param answer the answer
     * @param warnings stable words, for example {@code OUTPUT_REPAIRED_GENERIC}
     */
    record Succeeded(TurnFacts.Answer answer, List<String> warnings) implements Verdict {
        /** Copies the list. */
        public Succeeded {
            Objects.requireNonNull(answer);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Anything but a valid answer.
     *
     * @param failure why
     */
    record Failed(RunFailure failure) implements Verdict {
        /** Refuses null parts. */
        public Failed {
            Objects.requireNonNull(failure);
        }
    }

    /**
     * What the run needs to go on is gone, and was so already when a server took it up again.
     *
     * @param failure why
     */
    record Interrupted(RunFailure failure) implements Verdict {
        /** Refuses null parts. */
        public Interrupted {
            Objects.requireNonNull(failure);
        }
    }

    /**
     * The engine asks its user something.
     *
     * @param asked what
     * @param command what the engine itself told that it was about to run and did not
     */
    record Asks(QuestionRules.Asked asked, Optional<String> command) implements Verdict {
        /** Refuses null parts. */
        public Asks {
            Objects.requireNonNull(asked);
            Objects.requireNonNull(command);
        }

        /**
         * Asks for something of which only the agent's words are known.
         *
         * @param asked what
         */
        public Asks(QuestionRules.Asked asked) {
            this(asked, Optional.empty());
        }
    }

    /** Somebody asked for the end. */
    record Canceled() implements Verdict {}
}
