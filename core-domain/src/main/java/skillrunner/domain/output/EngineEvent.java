package skillrunner.domain.output;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.ShownText;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;

/**
 * One thing that an engine said, in terms that are the same for all engines, and the bytes it said it with. Several events
 * may come from one range; the ranges of a stream ascend and never overlap, and between them stand only line ends and
 * other blanks. The order between the two streams means nothing. All texts but those of {@link Message}, {@link BareAnswer}, {@link Aside} and
 * {@link Raw} are cut to {@link #MOST_CHARACTERS}.
 */
public sealed interface EngineEvent {
    /** Longest text of an event other than a message or raw text, in characters; longer ones are cut. */
    int MOST_CHARACTERS = 4096;

    /**
     * Returns where the event came from.
     *
     * @return the bytes, with the end of their last line
     */
    OutputRange at();

    /**
     * A turn begins; what was said before belongs to another.
     *
     * @param at where it came from
     */
    record TurnBegan(OutputRange at) implements EngineEvent {
        /** Refuses null. */
        public TurnBegan {
            Objects.requireNonNull(at);
        }
    }

    /**
     * The turn goes on with a further call of the model.
     *
     * @param at where it came from
     */
    record StepBegan(OutputRange at) implements EngineEvent {
        /** Refuses null. */
        public StepBegan {
            Objects.requireNonNull(at);
        }
    }

    /**
     * The agent speaks to its user.
     *
     * @param at where it came from
     * @param text what it says; empty if it is longer than {@link OutputCandidates#MOST_CHARACTERS}
     * @param extent how much of a message it is
     * @param id the engine's name of the message, if it has one
     * @param part the engine's name of this part, if it has one; a part that comes again takes the place of the one before
     */
    record Message(OutputRange at, Optional<String> text, Extent extent, Optional<String> id, Optional<String> part)
            implements EngineEvent {
        /** How much of a message an event is. */
        public enum Extent {
            /** All of it. */
            WHOLE,
            /** A piece, which goes on where the one before it ended if both are of the same message. */
            PIECE
        }

        /** Refuses null parts. */
        public Message {
            Objects.requireNonNull(at);
            Objects.requireNonNull(text);
            Objects.requireNonNull(extent);
            Objects.requireNonNull(id);
            Objects.requireNonNull(part);
        }

        /**
         * A message that comes in one.
         *
         * @param at where it came from
         * @param text what it says; empty if it is too long
         * @return the event
         */
        public static Message whole(OutputRange at, Optional<String> text) {
            return new Message(at, text, Extent.WHOLE, Optional.empty(), Optional.empty());
        }
    }

    /**
     * An object with an answer and nothing that tells whose it is. It counts as the answer of a turn, and as its end, where the
     * engine says neither in another way.
     *
     * @param at where it came from
     * @param text the answer; empty if it is longer than {@link OutputCandidates#MOST_CHARACTERS}
     */
    record BareAnswer(OutputRange at, Optional<String> text) implements EngineEvent {
        /** Refuses null parts. */
        public BareAnswer {
            Objects.requireNonNull(at);
            Objects.requireNonNull(text);
        }
    }

    /**
     * Text of which only the end tells what it is: the answer if the engine says nothing anywhere else, raw output if it does.
     *
     * @param at where it came from
     * @param text the text without the blanks around it, or its beginning
     * @param whole whether it is all of it
     * @param answer what it says as an answer; empty if that is longer than {@link OutputCandidates#MOST_CHARACTERS}
     */
    record Aside(OutputRange at, String text, boolean whole, Optional<String> answer) implements EngineEvent {
        /** Refuses null parts. */
        public Aside {
            Objects.requireNonNull(at);
            Objects.requireNonNull(text);
            Objects.requireNonNull(answer);
        }

        /**
         * Takes it for what it is as long as the engine speaks elsewhere.
         *
         * @return the same as raw text
         */
        public Raw asRaw() {
            return new Raw(at, text, whole, Raw.Sort.TEXT);
        }

        /**
         * Takes it for what it is if the engine is silent elsewhere.
         *
         * @return the same as the engine's only message
         */
        public Message asMessage() {
            return Message.whole(at, answer);
        }
    }

    /**
     * The model thinks aloud.
     *
     * @param at where it came from
     * @param text its thought
     */
    record Thought(OutputRange at, String text) implements EngineEvent {
        /** Cuts the text and refuses null. */
        public Thought {
            Objects.requireNonNull(at);
            text = beginning(text);
        }
    }

    /**
     * The agent begins to use a tool.
     *
     * @param at where it came from
     * @param call the engine's name of this use, if it has one
     * @param tool the tool, in the engine's words
     * @param summary what for: the command, the path, the question; empty if that is not told
     */
    record ToolCall(OutputRange at, Optional<String> call, String tool, String summary) implements EngineEvent {
        /** Cuts the texts and refuses null parts. */
        public ToolCall {
            Objects.requireNonNull(at);
            call = call.map(EngineEvent::beginning);
            tool = beginning(tool);
            summary = beginning(summary);
        }
    }

    /**
     * A tool has ended. A {@link ToolCall} of the same name may have come before it or not. What the tool printed, most of
     * what an engine writes, is not repeated here; it stands in the range.
     *
     * @param at where it came from
     * @param call the engine's name of this use, if it has one
     * @param tool the tool, in the engine's words, if they are repeated
     * @param summary what for, as in {@link ToolCall}, if that is repeated
     * @param ending how it ended
     * @param exitCode the exit code, if it was a command and one is told
     */
    record ToolResult(
            OutputRange at,
            Optional<String> call,
            Optional<String> tool,
            Optional<String> summary,
            Ending ending,
            OptionalInt exitCode)
            implements EngineEvent {
        /** How a tool ended. */
        public enum Ending {
            /** The engine calls it a success, or the command ended with 0. */
            SUCCEEDED,
            /** The engine calls it a failure, or the command ended with another exit code than 0. */
            FAILED,
            /** Nobody says either. */
            UNKNOWN;

            /**
             * Tells how a tool ended of which the engine says this. Some engines say that a command has succeeded once it has ended,
             * whatever its exit code is.
             *
             * @param exitCode the exit code, if one is told
             * @return how it ended; what the engine calls a failure stays one
             */
            public Ending with(OptionalInt exitCode) {
                if (this == FAILED || exitCode.isEmpty()) {
                    return this;
                }
                return exitCode.getAsInt() == 0 ? SUCCEEDED : FAILED;
            }
        }

        /** Cuts the texts, refuses null parts, and holds how it ended to the exit code. */
        public ToolResult {
            Objects.requireNonNull(at);
            call = call.map(EngineEvent::beginning);
            tool = tool.map(EngineEvent::beginning);
            summary = summary.map(EngineEvent::beginning);
            ending = ending.with(exitCode);
        }
    }

    /**
     * What the model has used, in tokens. Nothing is negative; what is not told is 0.
     *
     * @param at where it came from
     * @param span what it counts
     * @param input tokens read, with the cached ones
     * @param cachedInput those of them that came from a cache
     * @param output tokens written
     * @param reasoning those of them that were thoughts
     * @param cost in US dollars as the engine reckons it, if it does
     */
    record Usage(
            OutputRange at, Span span, long input, long cachedInput, long output, long reasoning, OptionalDouble cost)
            implements EngineEvent {
        /** What a usage counts. */
        public enum Span {
            /** One call of the model; to be added up. */
            STEP,
            /** The turn; to be added up over turns. */
            TURN,
            /** The conversation from its beginning: the last one holds all. */
            SESSION
        }

        /** Refuses null; takes what is no number of tokens for 0. */
        public Usage {
            Objects.requireNonNull(at);
            Objects.requireNonNull(span);
            Objects.requireNonNull(cost);
            input = Math.max(0, input);
            cachedInput = Math.max(0, cachedInput);
            output = Math.max(0, output);
            reasoning = Math.max(0, reasoning);
        }
    }

    /**
     * The engine says that a model worked for it in this turn; several may have. What was only asked for is not told so.
     *
     * @param at where it came from
     * @param model its name, in the engine's words
     */
    record ModelUsed(OutputRange at, String model) implements EngineEvent {
        /** Longest name that is believed, in characters. */
        public static final int LONGEST_NAME = 128;

        /** Refuses null and what is no name. */
        public ModelUsed {
            Objects.requireNonNull(at);
            if (!isName(model)) {
                throw new IllegalArgumentException("no name of a model");
            }
        }

        /**
         * Takes a name from outside.
         *
         * @param at where it came from
         * @param model any text
         * @return the event, or empty if no model has such a name
         */
        public static Optional<ModelUsed> of(OutputRange at, String model) {
            return isName(model) ? Optional.of(new ModelUsed(at, model)) : Optional.empty();
        }

        private static boolean isName(String model) {
            return !model.isBlank()
                    && model.length() <= LONGEST_NAME
                    && model.codePoints().noneMatch(ShownText::isUnseen);
        }
    }

    /**
     * The engine names the session that the conversation can be taken up by. May be said again and again; the last one
     * counts.
     *
     * @param at where it came from
     * @param handle the name
     */
    record SessionNamed(OutputRange at, String handle) implements EngineEvent {
        /** Longest name that is believed, in characters. */
        public static final int LONGEST_HANDLE = 256;

        /** Refuses null and a name that is too long. */
        public SessionNamed {
            Objects.requireNonNull(at);
            if (handle.length() > LONGEST_HANDLE) {
                throw new IllegalArgumentException("too long a name for a session");
            }
        }

        /**
         * Takes a name from outside.
         *
         * @param at where it came from
         * @param handle any text
         * @return the event, or empty if no engine names a session so
         */
        public static Optional<SessionNamed> of(OutputRange at, String handle) {
            return handle.length() > LONGEST_HANDLE ? Optional.empty() : Optional.of(new SessionNamed(at, handle));
        }
    }

    /**
     * The engine reports trouble that it may get over.
     *
     * @param at where it came from
     * @param text in the engine's words
     */
    record Notice(OutputRange at, String text) implements EngineEvent {
        /** Cuts the text and refuses null. */
        public Notice {
            Objects.requireNonNull(at);
            text = beginning(text);
        }
    }

    /**
     * What came in this range speaks of a missing sign-in.
     *
     * @param at where it came from
     * @param sign how surely
     */
    record SignInAsked(OutputRange at, SignInSign sign) implements EngineEvent {
        /** Refuses null and what is no sign. */
        public SignInAsked {
            Objects.requireNonNull(at);
            if (!sign.isThere()) {
                throw new IllegalArgumentException("no sign");
            }
        }
    }

    /**
     * The engine closes its turn. It may still go on: the last one of a turn counts.
     *
     * @param at where it came from
     * @param how how it closed
     */
    record Closing(OutputRange at, TurnFacts.Closing how) implements EngineEvent {
        /** Refuses null parts. */
        public Closing {
            Objects.requireNonNull(at);
            Objects.requireNonNull(how);
        }
    }

    /**
     * Output without a meaning that is known.
     *
     * @param at where it came from
     * @param text the line without its end, of an engine that writes no lines all of the text without the blanks around it;
     *     broken characters are replaced
     * @param whole whether the text is all of it, and not only its beginning
     * @param sort what it is
     */
    record Raw(OutputRange at, String text, boolean whole, Sort sort) implements EngineEvent {
        /** What raw output is. */
        public enum Sort {
            /** Not in the engine's format: from a library, a shell, or the system. */
            TEXT,
            /** In the engine's format, but not of a kind that says anything here. */
            RECORD
        }

        /** Refuses null parts. */
        public Raw {
            Objects.requireNonNull(at);
            Objects.requireNonNull(text);
            Objects.requireNonNull(sort);
        }
    }

    /**
     * Cuts what an engine said to a size that can be stored and shown.
     *
     * @param text what it said
     * @return its beginning, whole characters only
     */
    static String beginning(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
        return text.substring(0, splits ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
    }
}
