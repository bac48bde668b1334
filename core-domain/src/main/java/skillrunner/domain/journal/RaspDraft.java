package skillrunner.domain.journal;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.RunStatus;

/**
 * A RASP event without what its place in the journal gives it.
 *
 * @param type what it is
 * @param data plain values, by the type
 * @param at the bytes it came from, if it came from some
 */
public record RaspDraft(RaspType type, Map<String, Object> data, Optional<OutputRange> at) {
    /** Refuses null parts. */
    public RaspDraft {
        Objects.requireNonNull(type);
        Objects.requireNonNull(data);
        Objects.requireNonNull(at);
    }

    static RaspDraft of(RaspType type, Map<String, Object> data) {
        return new RaspDraft(type, data, Optional.empty());
    }

    static RaspDraft of(RaspType type, Map<String, Object> data, OutputRange at) {
        return new RaspDraft(type, data, Optional.of(at));
    }

    static RaspDraft status(RunStatus status) {
        return of(
                status.isTerminal() ? RaspType.RUN_TERMINAL : RaspType.RUN_STATUS,
                EventData.of("status", status.wire()).map());
    }

    static RaspDraft diagnostic(DiagnosticCode code) {
        return of(RaspType.DIAGNOSTIC, EventData.of("code", code.name()).map());
    }

    /** A text of the data. */
    Optional<String> text(String name) {
        return Optional.ofNullable(data.get(name))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    boolean warnsOf(DiagnosticCode code) {
        return type == RaspType.DIAGNOSTIC
                && text("code").filter(code.name()::equals).isPresent();
    }
}
