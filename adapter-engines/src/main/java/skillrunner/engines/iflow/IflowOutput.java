package skillrunner.engines.iflow;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.BothStreams;
import skillrunner.engines.output.OutputLines;

/**
 * Reads the text that iflow writes. Its closing event is a block of execution info, on either stream, once per round; it has
 * none for a failure. The text between blocks is a message, which is told when its end is known; on stderr it is one only if
 * stdout has none.
 */
final class IflowOutput implements IflowPieces.Sink {
    private static final Pattern SESSION =
            Pattern.compile("\"session-id\"\\s*:\\s*\"([^\"]{1," + EngineEvent.SessionNamed.LONGEST_HANDLE + "})\"");
    private static final Pattern RESUMING = Pattern.compile("(?m)^[^\\S\\n]*Resuming session[^\\n]*(?:\\n|$)");

    /** Of a longer text only the beginning and the end are searched for the wish for a sign-in, in characters. */
    private static final int THOROUGH = 1 << 20;

    private final OutputStreamKind stream;
    private final Consumer<? super EngineEvent> events;

    private IflowOutput(OutputStreamKind stream, Consumer<? super EngineEvent> events) {
        this.stream = stream;
        this.events = events;
    }

    static EngineOutputReader reader(OutputPosition from, Consumer<? super EngineEvent> events) {
        return new BothStreams(
                pieces(OutputStreamKind.STDOUT, from, events), pieces(OutputStreamKind.STDERR, from, events));
    }

    private static IflowPieces pieces(
            OutputStreamKind stream, OutputPosition from, Consumer<? super EngineEvent> events) {
        return new IflowPieces(stream, from.of(stream), new IflowOutput(stream, events));
    }

    @Override
    public void piece(IflowPieces.Kind kind, byte[] bytes, int offset, int length, OutputRange at) {
        switch (kind) {
            case TEXT -> takeText(bytes, offset, length, at);
            case BLOCK -> {
                tellSession(decoded(bytes, offset, length), at);
                events.accept(new EngineEvent.Closing(at, new TurnFacts.Closing.Completed()));
            }
            case TORN_BLOCK -> {
                String block = decoded(bytes, offset, length);
                if (!tellSession(block, at)) {
                    tellRaw(block, at, EngineEvent.Raw.Sort.RECORD);
                }
            }
        }
    }

    private void takeText(byte[] bytes, int offset, int length, OutputRange at) {
        String text = decoded(bytes, offset, length);
        String said = isShort(at) ? RESUMING.matcher(text).replaceAll("").strip() : text;
        if (said.isEmpty()) {
            // Beside blanks there are only notes for people.
            tellRaw(text, at, EngineEvent.Raw.Sort.TEXT);
            return;
        }
        tellSignIn(text, at);
        boolean kept = isShort(at) && said.length() <= OutputCandidates.MOST_CHARACTERS;
        Optional<String> answer = kept ? Optional.of(said) : Optional.empty();
        events.accept(
                switch (stream) {
                    case STDOUT -> EngineEvent.Message.whole(at, answer);
                    // Warnings come here beside an answer on stdout; without one it may be the answer.
                    case STDERR ->
                        new EngineEvent.Aside(
                                at, kept ? text.strip() : beginning(text).strip(), kept, answer);
                });
    }

    private void tellSignIn(String text, OutputRange at) {
        SignInSign sign = IflowSignIn.in(stream, text.substring(0, Math.min(text.length(), THOROUGH)));
        if (text.length() > THOROUGH) {
            sign = sign.or(IflowSignIn.in(stream, text.substring(text.length() - IflowPieces.END)));
        }
        if (sign.isThere()) {
            events.accept(new EngineEvent.SignInAsked(at, sign));
        }
    }

    private boolean tellSession(String block, OutputRange at) {
        Matcher matcher = SESSION.matcher(block);
        Optional<EngineEvent.SessionNamed> last = Optional.empty();
        while (matcher.find()) {
            last = EngineEvent.SessionNamed.of(at, matcher.group(1));
        }
        last.ifPresent(events);
        return last.isPresent();
    }

    /** Tells text of one or many lines as it is, since no part of it can be read by itself. */
    private void tellRaw(String text, OutputRange at, EngineEvent.Raw.Sort sort) {
        String beginning = beginning(text);
        if (!text.isBlank()) {
            events.accept(new EngineEvent.Raw(
                    at, beginning.strip(), isShort(at) && beginning.length() == text.length(), sort));
        }
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(text.length(), OutputLines.MAX_LINE));
    }

    private static boolean isShort(OutputRange at) {
        return at.to() - at.from() <= IflowPieces.LONGEST;
    }

    private static String decoded(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
