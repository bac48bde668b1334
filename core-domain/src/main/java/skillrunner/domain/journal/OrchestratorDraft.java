package skillrunner.domain.journal;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.problem.Excerpt;
import skillrunner.domain.run.RunStatus;

/**
 * An orchestrator event without what its place in the journal gives it.
 *
 * @param type what it is
 * @param data plain values, by the type
 */
public record OrchestratorDraft(OrchestratorType type, Map<String, Object> data) {
    private static final int MOST_CHARACTERS = 4096;

    /** Refuses null parts. */
    public OrchestratorDraft {
        Objects.requireNonNull(type);
        Objects.requireNonNull(data);
    }

    static OrchestratorDraft status(OrchestratorType type, RunStatus status) {
        return new OrchestratorDraft(type, EventData.of("status", status.wire()).map());
    }

    static OrchestratorDraft failed(String message) {
        return new OrchestratorDraft(
                OrchestratorType.RUN_FAILED,
                EventData.of("message", Excerpt.of(message, MOST_CHARACTERS)).map());
    }

    /**
     * Takes the place of this event, which does not have the form that is promised.
     *
     * @param breach what is wrong with it, without its values
     * @return a warning
     */
    public OrchestratorDraft refused(String breach) {
        return new OrchestratorDraft(OrchestratorType.DIAGNOSTIC, EventData.refusal(type.wire(), breach));
    }

    /**
     * A warning.
     *
     * @param code what it warns of
     * @param path the file it is about, if it is about one
     * @param detail more about it, if there is more
     * @return the draft
     */
    public static OrchestratorDraft diagnostic(DiagnosticCode code, Optional<String> path, Optional<String> detail) {
        return new OrchestratorDraft(
                OrchestratorType.DIAGNOSTIC,
                EventData.of("code", code.name())
                        .with("path", path)
                        .with("detail", detail)
                        .map());
    }
}
