package skillrunner.standin;

import java.time.Duration;
import java.util.Objects;

/** What a scenario lets the model do. Each wire format has its own way to say it. */
public sealed interface Answer {

    /**
     * The model ends its turn with a text, streamed in several chunks.
     *
     * @param text the whole text
     * @param pace how long to wait before each event after the first; zero sends at full speed
     */
    record Text(String text, Duration pace) implements Answer {
        /** Refuses null parts and a negative pace. */
        public Text {
            Objects.requireNonNull(text);
            requireNotNegative(pace);
        }

        /**
         * A text at full speed.
         *
         * @param text the whole text
         */
        public Text(String text) {
            this(text, Duration.ZERO);
        }
    }

    /**
     * The model asks the CLI to run a shell command.
     *
     * @param shellCommand the command, handed over unchanged
     * @param pace how long to wait before each event after the first; zero sends at full speed
     */
    record ToolCall(String shellCommand, Duration pace) implements Answer {
        /** Refuses null parts and a negative pace. */
        public ToolCall {
            Objects.requireNonNull(shellCommand);
            requireNotNegative(pace);
        }

        /**
         * A tool call at full speed.
         *
         * @param shellCommand the command, handed over unchanged
         */
        public ToolCall(String shellCommand) {
            this(shellCommand, Duration.ZERO);
        }
    }

    /**
     * The server refuses the request.
     *
     * @param status the HTTP status, 400 to 599
     * @param message the message inside the vendor's error object
     */
    record HttpError(int status, String message) implements Answer {
        /** Refuses null parts and statuses that are no errors. */
        public HttpError {
            Objects.requireNonNull(message);
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException(status + " is not an error status");
            }
        }
    }

    /** The server closes the connection without a single byte of an answer. */
    record Reset() implements Answer {}

    /** The model starts to answer and never goes on; the connection stays alive until the client or the server ends it. */
    record Hang() implements Answer {}

    private static void requireNotNegative(Duration pace) {
        if (pace.isNegative()) {
            throw new IllegalArgumentException("the pace is negative: " + pace);
        }
    }
}
