package skillrunner.domain.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the RASP events of one attempt come to in numbers. Events that are stored give the same numbers when they are read again. Used by
 * one thread at a time.
 */
public final class ProtocolMetrics {
    private static final double PLACES = 10_000;

    private final JournalRows envelopes;
    private long events;
    private long diagnostics;
    private long raw;
    private long fallbacks;
    private long unknownEnds;
    private double confidence;

    /**
     * Begins an attempt.
     *
     * @param envelopes knows how the engine's output is read, and how sure that is
     */
    public ProtocolMetrics(JournalRows envelopes) {
        this.envelopes = Objects.requireNonNull(envelopes);
    }

    /**
     * Counts an event.
     *
     * @param event as it is stored
     */
    public void add(RaspDraft event) {
        events++;
        confidence += envelopes.confidence(event);
        switch (event.type()) {
            case DIAGNOSTIC -> {
                diagnostics++;
                fallbacks += event.warnsOf(DiagnosticCode.UNPARSED_CONTENT_FELL_BACK_TO_RAW) ? 1 : 0;
            }
            case RAW_STDOUT, RAW_STDERR -> raw++;
            case COMPLETION ->
                unknownEnds += event.text("state")
                                .filter(Completion.State.UNKNOWN.wire()::equals)
                                .isPresent()
                        ? 1
                        : 0;
            default -> {
                // is one of all
            }
        }
    }

    /**
     * Returns how many events were counted.
     *
     * @return their number
     */
    public long events() {
        return events;
    }

    /**
     * Tells the numbers.
     *
     * @param last the number of the last event; those that are missing before it can't be read
     * @return plain values, in the order in which they are written
     */
    public Map<String, Object> upTo(long last) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("parser_profile", envelopes.parser().name());
        numbers.put("event_count", events);
        numbers.put("diagnostic_count", diagnostics);
        numbers.put("raw_event_count", raw);
        numbers.put("parser_fallback_count", fallbacks);
        numbers.put("unknown_terminal_count", unknownEnds);
        numbers.put("avg_confidence", events == 0 ? 0.0 : Math.round(confidence / events * PLACES) / PLACES);
        numbers.put("unreadable_event_count", Math.max(0, last - events));
        return numbers;
    }
}
