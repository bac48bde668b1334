package skillrunner.engines.codex;

import java.util.Optional;
import java.util.function.Consumer;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.BothStreams;
import skillrunner.engines.output.OutputLines;
import skillrunner.engines.output.RawLines;
import skillrunner.engines.output.SignInWords;

/** Reads what {@code codex exec --json} writes: one record a line on stdout, and text on stderr. */
final class CodexOutput implements OutputLines.Sink {
    static final SignInWords SIGN_IN = new SignInWords("codex");

    private final Consumer<? super EngineEvent> events;
    private final RawLines raw;

    private CodexOutput(Consumer<? super EngineEvent> events) {
        this.events = events;
        this.raw = new RawLines(events);
    }

    static EngineOutputReader reader(OutputPosition from, Consumer<? super EngineEvent> events) {
        return new BothStreams(
                new OutputLines(OutputStreamKind.STDOUT, from.stdout(), new CodexOutput(events)),
                new OutputLines(OutputStreamKind.STDERR, from.stderr(), new RawLines(events)));
    }

    @Override
    public void line(byte[] bytes, int offset, int length, OutputRange at) {
        CodexRecord record = CodexRecord.read(bytes, offset, length);
        if (record.ending() != CodexRecord.Ending.WHOLE || !tell(record, at)) {
            raw.whole(bytes, offset, length, at, sort(record));
        }
    }

    @Override
    public boolean mayHoldAnswer(byte[] bytes, int offset, int length) {
        return CodexRecord.read(bytes, offset, length).isAgentMessage();
    }

    /** {@inheritDoc} Of a message nothing is known then, and of a tool what stands before its output. */
    @Override
    public void beginningOfLongLine(byte[] bytes, int offset, int length, OutputRange at) {
        CodexRecord record = CodexRecord.read(bytes, offset, length);
        if (record.isAgentMessage()) {
            events.accept(EngineEvent.Message.whole(at, Optional.empty()));
        } else if (!record.item().isTool() || !tell(record, at)) {
            raw.beginning(bytes, offset, length, at, sort(record));
        }
    }

    private static EngineEvent.Raw.Sort sort(CodexRecord record) {
        return record.ending() == CodexRecord.Ending.NONE ? EngineEvent.Raw.Sort.TEXT : EngineEvent.Raw.Sort.RECORD;
    }

    /** Tells what a record says. @return false if that is nothing */
    private boolean tell(CodexRecord record, OutputRange at) {
        switch (record.type()) {
            case "thread.started" -> {
                return tell(record.threadId().flatMap(id -> EngineEvent.SessionNamed.of(at, id)));
            }
            case "turn.started" -> events.accept(new EngineEvent.TurnBegan(at));
            case "turn.completed" -> {
                if (record.usage().isTold()) {
                    events.accept(record.usage().event(at));
                }
                events.accept(new EngineEvent.Closing(at, new TurnFacts.Closing.Completed()));
            }
            case "turn.failed" -> {
                String words = record.errorMessage().orElse("");
                tellSignIn(words, at);
                events.accept(new EngineEvent.Closing(at, new TurnFacts.Closing.Failed(EngineEvent.beginning(words))));
            }
            case "error" -> {
                String words = record.message().orElse("");
                tellSignIn(words, at);
                events.accept(new EngineEvent.Notice(at, words));
            }
            case "item.started" -> {
                return tell(begun(record.item(), at));
            }
            case "item.updated" -> {
                return tell(plan(record.item(), at));
            }
            case "item.completed" -> {
                return tell(ended(record.item(), at));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean tell(Optional<? extends EngineEvent> event) {
        event.ifPresent(events);
        return event.isPresent();
    }

    private void tellSignIn(String report, OutputRange at) {
        SignInSign sign = SIGN_IN.inReport(report);
        if (sign.isThere()) {
            events.accept(new EngineEvent.SignInAsked(at, sign));
        }
    }

    private static Optional<EngineEvent> begun(CodexItem item, OutputRange at) {
        return item.isTool()
                ? Optional.of(new EngineEvent.ToolCall(at, item.id(), item.tool(), item.summary()))
                : plan(item, at);
    }

    /** Of a plan each change is told; that codex repeats it when the turn ends says nothing new. */
    private static Optional<EngineEvent> plan(CodexItem item, OutputRange at) {
        return item.isPlan() && !item.summary().isEmpty()
                ? Optional.of(new EngineEvent.Thought(at, item.summary()))
                : Optional.empty();
    }

    private static Optional<EngineEvent> ended(CodexItem item, OutputRange at) {
        if (item.isTool()) {
            return Optional.of(new EngineEvent.ToolResult(
                    at,
                    item.id(),
                    Optional.of(item.tool()),
                    Optional.of(item.summary()),
                    item.ending(),
                    item.exitCode()));
        }
        return switch (item.type()) {
            case "agent_message" -> item.text().map(text -> EngineEvent.Message.whole(at, Optional.of(text)));
            case "reasoning" -> item.text().map(text -> new EngineEvent.Thought(at, text));
            case "error" -> item.message().map(text -> new EngineEvent.Notice(at, text));
            default -> Optional.empty();
        };
    }
}
