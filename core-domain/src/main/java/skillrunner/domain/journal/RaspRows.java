package skillrunner.domain.journal;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.TurnFacts;

/** What an event of an engine is as a RASP event by itself, whatever came before it. */
final class RaspRows {
    static final String TEXT = "text";
    static final String PIECES_OF = "message";

    private RaspRows() {}

    /** The row of an event, other than of a whole message or an answer, which depend on what was said before. */
    static RaspDraft of(EngineEvent event) {
        OutputRange at = event.at();
        if (event instanceof EngineEvent.Message message) {
            return piece(message);
        } else if (event instanceof EngineEvent.Raw raw) {
            return raw(raw);
        } else if (event instanceof EngineEvent.SessionNamed named) {
            return named.handle().isEmpty()
                    ? RaspDraft.of(RaspType.SESSION, Map.of(), at)
                    : RaspDraft.of(
                            RaspType.SESSION,
                            EventData.of("session_id", named.handle()).map(),
                            at);
        } else if (event instanceof EngineEvent.TurnBegan) {
            return RaspDraft.of(RaspType.TURN_STARTED, Map.of(), at);
        } else if (event instanceof EngineEvent.StepBegan) {
            return RaspDraft.of(RaspType.STEP_STARTED, Map.of(), at);
        } else if (event instanceof EngineEvent.Closing closing) {
            return closing(at, closing.how());
        } else if (event instanceof EngineEvent.Notice notice) {
            return warning(at, DiagnosticCode.ENGINE_NOTICE, notice.text());
        } else if (event instanceof EngineEvent.SignInAsked asked) {
            return warning(at, DiagnosticCode.SIGN_IN_ASKED, asked.sign().name().toLowerCase(Locale.ROOT));
        }
        return work(event);
    }

    /** What the engine does, in distinction from what it says. */
    private static RaspDraft work(EngineEvent event) {
        OutputRange at = event.at();
        if (event instanceof EngineEvent.Thought thought) {
            return RaspDraft.of(
                    RaspType.REASONING, EventData.of(TEXT, thought.text()).map(), at);
        } else if (event instanceof EngineEvent.ToolCall call) {
            return RaspDraft.of(
                    RaspType.TOOL_CALL,
                    EventData.of("tool", call.tool())
                            .with("call", call.call())
                            .with("summary", call.summary())
                            .map(),
                    at);
        } else if (event instanceof EngineEvent.ToolResult result) {
            return RaspDraft.of(
                    RaspType.TOOL_RESULT,
                    EventData.of("ending", result.ending().name().toLowerCase(Locale.ROOT))
                            .with("call", result.call())
                            .with("tool", result.tool())
                            .with("summary", result.summary())
                            .with(
                                    "exit_code",
                                    result.exitCode().isPresent()
                                            ? Optional.of(result.exitCode().getAsInt())
                                            : Optional.empty())
                            .map(),
                    at);
        } else if (event instanceof EngineEvent.Usage usage) {
            return RaspDraft.of(
                    RaspType.USAGE,
                    EventData.of("span", usage.span().name().toLowerCase(Locale.ROOT))
                            .with("input_tokens", usage.input())
                            .with("cached_input_tokens", usage.cachedInput())
                            .with("output_tokens", usage.output())
                            .with("reasoning_tokens", usage.reasoning())
                            .with(
                                    "cost_usd",
                                    usage.cost().isPresent()
                                                    && Double.isFinite(
                                                            usage.cost().getAsDouble())
                                            ? Optional.of(usage.cost().getAsDouble())
                                            : Optional.empty())
                            .map(),
                    at);
        }
        if (event instanceof EngineEvent.ModelUsed used) {
            return RaspDraft.of(
                    RaspType.MODEL, EventData.of("model", used.model()).map(), at);
        }
        throw new IllegalArgumentException("an event that has no row: " + event.getClass());
    }

    private static RaspDraft piece(EngineEvent.Message message) {
        return RaspDraft.of(
                RaspType.MESSAGE_PIECE,
                EventData.empty()
                        .with(TEXT, message.text())
                        .with(PIECES_OF, message.id())
                        .map(),
                message.at());
    }

    private static RaspDraft raw(EngineEvent.Raw raw) {
        if (raw.sort() == EngineEvent.Raw.Sort.RECORD) {
            return RaspDraft.of(
                    RaspType.RECORD,
                    EventData.of("line", EngineEvent.beginning(raw.text())).map(),
                    raw.at());
        }
        String line = isTooLong(raw.at()) ? EngineEvent.beginning(raw.text()) : raw.text();
        RaspType type = raw.at().stream() == OutputStreamKind.STDOUT ? RaspType.RAW_STDOUT : RaspType.RAW_STDERR;
        return RaspDraft.of(type, EventData.of("line", line).map(), raw.at());
    }

    static boolean isTooLong(OutputRange at) {
        return at.to() - at.from() > RaspMapper.MOST_LINE_BYTES;
    }

    private static RaspDraft closing(OutputRange at, TurnFacts.Closing how) {
        if (how instanceof TurnFacts.Closing.Failed failed) {
            return RaspDraft.of(
                    RaspType.TURN_FAILED,
                    EventData.of("message", EngineEvent.beginning(failed.message()))
                            .map(),
                    at);
        } else if (how instanceof TurnFacts.Closing.Unclear unclear) {
            return RaspDraft.of(
                    RaspType.TURN_COMPLETE,
                    EventData.of("reason", EngineEvent.beginning(unclear.reason()))
                            .map(),
                    at);
        } else if (how instanceof TurnFacts.Closing.Missing) {
            return RaspDraft.of(RaspType.STEP_COMPLETE, Map.of(), at);
        }
        return RaspDraft.of(RaspType.TURN_COMPLETE, Map.of(), at);
    }

    private static RaspDraft warning(OutputRange at, DiagnosticCode code, String detail) {
        return RaspDraft.of(
                RaspType.DIAGNOSTIC,
                EventData.of("code", code.name()).with("detail", detail).map(),
                at);
    }
}
