package skillrunner.domain.journal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

/**
 * Puts events into their envelopes, and takes them out again. The one place that knows their form; as plain values in the order in
 * which they are written.
 *
 * @param run the run
 * @param engine its engine
 * @param parser how the engine's output is read
 */
public record JournalRows(RunId run, EngineId engine, ParserProfile parser) {
    /** Of what the server decided. */
    private static final double CERTAIN = 1.0;

    /** Refuses null parts. */
    public JournalRows {
        Objects.requireNonNull(run);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(parser);
    }

    /**
     * Puts an orchestrator event into its envelope.
     *
     * @param draft the event
     * @param attempt its attempt
     * @param seq its number in the attempt
     * @param at when
     * @return the row
     */
    public Map<String, Object> orchestrator(OrchestratorDraft draft, int attempt, long seq, Instant at) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("seq", seq);
        row.put("ts", EventTime.text(at));
        row.put("attempt_number", attempt);
        row.put("category", draft.type().category());
        row.put("type", draft.type().wire());
        row.put("data", draft.data());
        return row;
    }

    /**
     * Puts a RASP event into its envelope.
     *
     * @param draft the event
     * @param attempt its attempt
     * @param seq its number in the attempt
     * @param at when
     * @param session the session of the attempt, as far as it is known
     * @return the row
     */
    public Map<String, Object> rasp(RaspDraft draft, int attempt, long seq, Instant at, Optional<String> session) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("protocol_version", "rasp/1.0");
        row.put("run_id", run.value());
        row.put("seq", seq);
        row.put("ts", EventTime.text(at));
        row.put("source", source(draft));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("category", draft.type().category());
        event.put("type", draft.type().wire());
        row.put("event", event);
        row.put("data", draft.data());
        row.put(
                "correlation",
                session.<Map<String, Object>>map(handle -> Map.of("session_id", handle))
                        .orElse(Map.of()));
        row.put("attempt_number", attempt);
        draft.at().ifPresent(range -> row.put("raw_ref", rawRef(range, attempt)));
        return row;
    }

    /**
     * Puts an FCMP event into its envelope.
     *
     * @param draft the event
     * @param attempt its attempt
     * @param seq its number in the run
     * @param localSeq its number in the attempt
     * @param at when
     * @return the row
     */
    public Map<String, Object> fcmp(FcmpDraft draft, int attempt, long seq, long localSeq, Instant at) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("protocol_version", "fcmp/1.0");
        row.put("run_id", run.value());
        row.put("seq", seq);
        row.put("ts", EventTime.text(at));
        row.put("engine", engine.wire());
        row.put("type", draft.type().wire());
        row.put("data", draft.data());
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("attempt", attempt);
        meta.put("local_seq", localSeq);
        row.put("meta", meta);
        draft.at().ifPresent(range -> row.put("raw_ref", rawRef(range, attempt)));
        return row;
    }

    /**
     * Takes a RASP event out of its envelope.
     *
     * @param row plain values that somebody else may have written
     * @return the event, or empty if it is none of ours
     */
    public static Optional<RaspDraft> rasp(Map<String, Object> row) {
        return object(row, "event")
                .flatMap(event -> text(event, "type"))
                .flatMap(RaspType::of)
                .flatMap(type -> object(row, "data")
                        .map(data ->
                                new RaspDraft(type, data, object(row, "raw_ref").flatMap(JournalRows::range))));
    }

    /**
     * Tells the type of an orchestrator event.
     *
     * @param row plain values that somebody else may have written
     * @return the type, or empty if it is none of ours
     */
    public static Optional<OrchestratorType> orchestratorType(Map<String, Object> row) {
        return text(row, "type").flatMap(OrchestratorType::of);
    }

    /**
     * Tells the type of an FCMP event.
     *
     * @param row plain values that somebody else may have written
     * @return the type, or empty if it is none of ours
     */
    public static Optional<FcmpType> fcmpType(Map<String, Object> row) {
        return text(row, "type").flatMap(FcmpType::of);
    }

    /**
     * Tells which bytes an event came from.
     *
     * @param row plain values that somebody else may have written
     * @return the bytes, or empty if it came from none
     */
    public static Optional<OutputRange> bytes(Map<String, Object> row) {
        return object(row, "raw_ref").flatMap(JournalRows::range);
    }

    /**
     * Tells the number of an event in its attempt, which of FCMP is not that in the run.
     *
     * @param row plain values that somebody else may have written
     * @return the number, or empty if there is none
     */
    public static OptionalLong localSeq(Map<String, Object> row) {
        return number(object(row, "meta").orElse(row), row.containsKey("meta") ? "local_seq" : "seq");
    }

    /**
     * Tells the code of a warning.
     *
     * @param row plain values that somebody else may have written
     * @return the code, or empty if it is no warning
     */
    public static Optional<String> code(Map<String, Object> row) {
        return object(row, "data").flatMap(data -> text(data, "code"));
    }

    /**
     * Names bytes of an attempt's output.
     *
     * @param range the bytes
     * @param attempt the attempt
     * @return plain values in the order in which they are written
     */
    public static Map<String, Object> rawRef(OutputRange range, int attempt) {
        Map<String, Object> ref = new LinkedHashMap<>();
        ref.put("attempt_number", attempt);
        ref.put("stream", range.stream().wire());
        ref.put("byte_from", range.from());
        ref.put("byte_to", range.to());
        ref.put("encoding", "utf-8");
        return ref;
    }

    private static Optional<OutputRange> range(Map<String, Object> ref) {
        OptionalLong from = number(ref, "byte_from");
        OptionalLong to = number(ref, "byte_to");
        if (from.isEmpty() || to.isEmpty() || from.getAsLong() < 0 || to.getAsLong() < from.getAsLong()) {
            return Optional.empty();
        }
        for (OutputStreamKind stream : OutputStreamKind.values()) {
            if (text(ref, "stream").filter(stream.wire()::equals).isPresent()) {
                return Optional.of(new OutputRange(stream, from.getAsLong(), to.getAsLong()));
            }
        }
        return Optional.empty();
    }

    /**
     * Tells how sure an event is.
     *
     * @param draft the event
     * @return from 0 to 1; of what the server decided, 1
     */
    public double confidence(RaspDraft draft) {
        if (draft.meant().isOfMove()) {
            return CERTAIN;
        }
        return draft.meant().isRaw() ? parser.raw() : parser.understood();
    }

    private Map<String, Object> source(RaspDraft draft) {
        boolean decided = draft.meant().isOfMove();
        return EventData.of("engine", engine.wire())
                .with("parser", decided ? Optional.empty() : Optional.of(parser.name()))
                .with("confidence", confidence(draft))
                .map();
    }

    @SuppressWarnings("unchecked") // plain values of JSON have texts as keys
    private static Optional<Map<String, Object>> object(Map<String, Object> row, String name) {
        return row.get(name) instanceof Map<?, ?> map ? Optional.of((Map<String, Object>) map) : Optional.empty();
    }

    private static Optional<String> text(Map<String, Object> row, String name) {
        return row.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static OptionalLong number(Map<String, Object> row, String name) {
        return row.get(name) instanceof Number number && !(number instanceof BigDecimal)
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }
}
