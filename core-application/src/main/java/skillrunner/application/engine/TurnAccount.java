package skillrunner.application.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.EngineTally;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.FileRefusal;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;

/**
 * Draws from an attempt's events, all of them from the start, what its turn came to. The rules are the same for all
 * engines: the last message that has text is the answer, the last closing counts unless a turn or step begins after it,
 * and stderr counts only for what stdout does not say, a bare answer only if nothing else was said. Holds one message. Not safe for concurrent use.
 */
public final class TurnAccount implements Consumer<EngineEvent> {
    /** Tells a wish for a sign-in in text that an engine or what it is made of prints beside its own events. */
    @FunctionalInterface
    public interface SignInWords {
        /**
         * Looks at a piece of text. Must be quick.
         *
         * @param stream where it was printed
         * @param text some lines
         * @return the surest sign in it
         */
        SignInSign in(OutputStreamKind stream, String text);
    }

    private final Map<OutputStreamKind, Said> said = new EnumMap<>(OutputStreamKind.class);

    /**
     * Begins an account.
     *
     * @param words the engine's words for a missing sign-in
     */
    public TurnAccount(SignInWords words) {
        Objects.requireNonNull(words);
        for (OutputStreamKind stream : OutputStreamKind.values()) {
            said.put(stream, new Said(new SignInWatch(text -> words.in(stream, text))));
        }
    }

    /**
     * Takes the next event.
     *
     * @param event the event
     */
    @Override
    public void accept(EngineEvent event) {
        said(event.at().stream()).take(event);
    }

    /**
     * Says what the turn came to, if nothing more is said.
     *
     * @return the turn's outcome
     */
    public TurnOutcome outcome() {
        Said first = said(OutputStreamKind.STDOUT);
        Said second = said(OutputStreamKind.STDERR);
        first.takeBareAnswer();
        if (first.isSilent()) {
            second.takeBareAnswer();
        }
        AnswerText answer = first.answer.isEmpty() ? second.answer : first.answer;
        return new TurnOutcome(
                answer.text(),
                first.closing instanceof TurnFacts.Closing.Missing ? second.closing : first.closing,
                session(),
                first.signIn().or(second.signIn()),
                answer.isTooLarge(),
                // What the model says goes to stdout, where only a tool's own end is believed.
                first.toolRefusal.or(second.toolRefusal).or(second.wordsOfRefusal),
                told(),
                Optional.ofNullable(first.heldBack).or(() -> Optional.ofNullable(second.heldBack)),
                false);
    }

    /**
     * Tells whether the engine has closed its turn, as far as it was heard.
     *
     * @return false again once another turn or step has begun
     */
    public boolean isClosed() {
        return said.values().stream().anyMatch(one -> !(one.closing instanceof TurnFacts.Closing.Missing));
    }

    /**
     * Says what the engine has told of its own work so far.
     *
     * @return tokens and models
     */
    public EngineTold told() {
        return said(OutputStreamKind.STDOUT)
                .tally
                .told()
                .or(said(OutputStreamKind.STDERR).tally.told());
    }

    /**
     * Names the conversation, as soon as the engine has.
     *
     * @return what takes it up again, or empty
     */
    public Optional<String> session() {
        return Optional.ofNullable(said(OutputStreamKind.STDOUT).session)
                .or(() -> Optional.ofNullable(said(OutputStreamKind.STDERR).session));
    }

    private Said said(OutputStreamKind stream) {
        return Objects.requireNonNull(said.get(stream));
    }

    /** What one stream has said. */
    private static final class Said {
        private final AnswerText answer = new AnswerText();
        private final SignInWatch watch;
        private TurnFacts.Closing closing = new TurnFacts.Closing.Missing();
        private SignInSign signIn = SignInSign.NONE;
        private final EngineTally tally = new EngineTally();
        private FileRefusal wordsOfRefusal = FileRefusal.NONE;
        private FileRefusal toolRefusal = FileRefusal.NONE;
        private @Nullable String session;
        private @Nullable String heldBack;
        private EngineEvent.@Nullable BareAnswer bare;

        Said(SignInWatch watch) {
            this.watch = watch;
        }

        SignInSign signIn() {
            return signIn.or(watch.found());
        }

        private void noteRefusal(String text) {
            text.lines().forEach(line -> wordsOfRefusal = wordsOfRefusal.or(FileRefusal.in(line)));
        }

        /** Tells whether nothing of a turn was said, not even of its conversation. */
        boolean isSilent() {
            return answer.isEmpty() && session == null && closing instanceof TurnFacts.Closing.Missing;
        }

        /** For an engine that has said nothing else. */
        void takeBareAnswer() {
            if (bare != null && answer.isEmpty() && closing instanceof TurnFacts.Closing.Missing) {
                answer.take(EngineEvent.Message.whole(bare.at(), bare.text()));
                closing = new TurnFacts.Closing.Completed();
            }
        }

        void take(EngineEvent event) {
            tally.accept(event);
            if (event instanceof EngineEvent.Raw raw) {
                if (raw.sort() == EngineEvent.Raw.Sort.TEXT) {
                    watch.line(raw.text());
                    wordsOfRefusal = wordsOfRefusal.or(FileRefusal.in(raw.text()));
                }
            } else if (event instanceof EngineEvent.Message message) {
                answer.take(message);
                message.text().ifPresent(this::noteRefusal);
            } else if (event instanceof EngineEvent.Aside aside) {
                take(aside.asMessage());
            } else if (event instanceof EngineEvent.BareAnswer answered) {
                bare = answered;
            } else if (event instanceof EngineEvent.ToolCall call) {
                heldBack = call.summary().isBlank() ? null : call.summary();
            } else if (event instanceof EngineEvent.ToolResult result) {
                answer.interrupt();
                result.exitCode().ifPresent(code -> toolRefusal = toolRefusal.or(FileRefusal.of(code)));
                // What has an exit code ran, however it ended.
                boolean ran = result.ending() == EngineEvent.ToolResult.Ending.SUCCEEDED
                        || result.exitCode().isPresent();
                heldBack = ran
                        ? null
                        : result.summary().filter(text -> !text.isBlank()).orElse(heldBack);
            } else if (event instanceof EngineEvent.TurnBegan) {
                // Text of an earlier turn is not this turn's answer.
                answer.forget();
                closing = new TurnFacts.Closing.Missing();
            } else if (event instanceof EngineEvent.StepBegan) {
                answer.endMessage();
                closing = new TurnFacts.Closing.Missing();
            } else if (event instanceof EngineEvent.Closing closed) {
                closing = closed.how();
            } else if (event instanceof EngineEvent.SessionNamed named) {
                session = named.handle();
            } else if (event instanceof EngineEvent.SignInAsked asked) {
                signIn = signIn.or(asked.sign());
            }
        }
    }
}
