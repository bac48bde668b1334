package skillrunner.testkit.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.TurnFacts;

/** Reads the lines of a {@link TestEngineDriver}. */
final class TestEngineReader implements EngineOutputReader {
    private final Lines stdout;
    private final Lines stderr;
    private final Optional<RuntimeException> fault;

    TestEngineReader(OutputPosition from, Consumer<? super EngineEvent> events, Optional<RuntimeException> fault) {
        this.stdout = new Lines(OutputStreamKind.STDOUT, from.stdout(), events);
        this.stderr = new Lines(OutputStreamKind.STDERR, from.stderr(), events);
        this.fault = fault;
    }

    @Override
    public void feed(OutputStreamKind stream, byte[] bytes, int length) {
        if (fault.isPresent()) {
            throw fault.get();
        }
        (stream == OutputStreamKind.STDOUT ? stdout : stderr).feed(bytes, length);
    }

    @Override
    public void finish() {
        stdout.end(0);
        stderr.end(0);
    }

    @Override
    public OutputPosition position() {
        return new OutputPosition(stdout.from, stderr.from);
    }

    private static final class Lines {
        private final OutputStreamKind stream;
        private final Consumer<? super EngineEvent> events;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private long from;

        Lines(OutputStreamKind stream, long from, Consumer<? super EngineEvent> events) {
            this.stream = stream;
            this.from = from;
            this.events = events;
        }

        void feed(byte[] bytes, int length) {
            for (int i = 0; i < length; i++) {
                if (bytes[i] == '\n') {
                    end(1);
                } else {
                    line.write(bytes[i]);
                }
            }
        }

        void end(int ending) {
            OutputRange at = new OutputRange(stream, from, from + line.size() + ending);
            if (line.size() > 0) {
                events.accept(event(line.toString(StandardCharsets.UTF_8), at));
            }
            from = at.to();
            line.reset();
        }
    }

    private static EngineEvent event(String line, OutputRange at) {
        String word = line.substring(0, line.indexOf(' ') + 1);
        String rest = line.substring(word.length());
        boolean reports = at.stream() == OutputStreamKind.STDOUT;
        if (reports && word.equals("say ")) {
            return EngineEvent.Message.whole(at, Optional.of(rest.replace("\\n", "\n")));
        } else if (reports && word.equals("session ")) {
            return new EngineEvent.SessionNamed(at, rest);
        } else if (reports && rest.matches("\\d{1,9}") && word.equals("used ")) {
            return new EngineEvent.Usage(
                    at, EngineEvent.Usage.Span.TURN, Long.parseLong(rest), 0, 1, 0, OptionalDouble.empty());
        } else if (reports
                && word.equals("model ")
                && EngineEvent.ModelUsed.of(at, rest).isPresent()) {
            return new EngineEvent.ModelUsed(at, rest);
        } else if (reports && word.equals("tries ")) {
            return new EngineEvent.ToolCall(at, Optional.empty(), "shell", rest);
        } else if (reports && word.equals("fail ")) {
            return new EngineEvent.Closing(at, new TurnFacts.Closing.Failed(rest));
        } else if (reports && line.equals("done")) {
            return new EngineEvent.Closing(at, new TurnFacts.Closing.Completed());
        }
        return new EngineEvent.Raw(at, line, true, EngineEvent.Raw.Sort.TEXT);
    }
}
