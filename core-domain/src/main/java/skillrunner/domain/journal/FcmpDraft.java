package skillrunner.domain.journal;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.output.OutputRange;

/**
 * An FCMP event without what its place in the journal gives it.
 *
 * @param type what it is
 * @param data plain values, by the type
 * @param at the bytes it came from, if it came from some
 */
public record FcmpDraft(FcmpType type, Map<String, Object> data, Optional<OutputRange> at) {
    /** Refuses null parts. */
    public FcmpDraft {
        Objects.requireNonNull(type);
        Objects.requireNonNull(data);
        Objects.requireNonNull(at);
    }

    static FcmpDraft of(FcmpType type, Map<String, Object> data) {
        return new FcmpDraft(type, data, Optional.empty());
    }

    /**
     * Takes the place of this event, which does not have the form that is promised.
     *
     * @param breach what is wrong with it, without its values
     * @return a warning with the same bytes
     */
    public FcmpDraft refused(String breach) {
        return new FcmpDraft(FcmpType.DIAGNOSTIC, EventData.refusal(type.wire(), breach), at);
    }

    static FcmpDraft diagnostic(DiagnosticCode code) {
        return of(FcmpType.DIAGNOSTIC, EventData.of("code", code.name()).map());
    }
}
