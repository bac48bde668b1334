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

    static RaspDraft unsure(double confidence) {
        return of(
                RaspType.DIAGNOSTIC,
                EventData.of("code", DiagnosticCode.LOW_CONFIDENCE_PARSE.name())
                        .with("confidence", confidence)
                        .map());
    }

    static RaspDraft diagnostic(DiagnosticCode code) {
        return of(RaspType.DIAGNOSTIC, EventData.of("code", code.name()).map());
    }

    /**
     * Takes the place of this event, which does not have the form that is promised.
     *
     * @param breach what is wrong with it, without its values
     * @return a warning with the same bytes
     */
    public RaspDraft refused(String breach) {
        return new RaspDraft(RaspType.DIAGNOSTIC, EventData.refusal(type.wire(), breach), at);
    }

    /**
     * Tells what kind of event this is or takes the place of.
     *
     * @return the type
     */
    public RaspType meant() {
        return warnsOf(DiagnosticCode.SCHEMA_INTERNAL_INVALID)
                ? text("path").flatMap(RaspType::of).orElse(type)
                : type;
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
