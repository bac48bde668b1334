package skillrunner.application.run.turn;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.domain.run.Attempt;

/**
 * Everything about a turn that is decided before anything of it is written: it follows from the request, the skill, the engine
 * and the workspace alone, so that the same run is planned the same way again after a crash.
 *
 * @param attempt the attempt, dated when its preparation began
 * @param audit what its records say at the start
 * @param skillFolder where the engine looks for skills, inside the workspace
 * @param instructions text to append to the copy of the skill
 * @param command how the engine is called, and its settings
 * @param prompt what the engine is told
 * @param handover how it is told
 * @param reply the answer that the turn goes on with, as JSON; empty in the first turn
 */
public record TurnPlan(
        Attempt attempt,
        AttemptAudit audit,
        String skillFolder,
        String instructions,
        EngineCommand command,
        String prompt,
        PromptHandover handover,
        Optional<String> reply) {
    /** Refuses null parts. */
    public TurnPlan {
        Objects.requireNonNull(attempt);
        Objects.requireNonNull(audit);
        Objects.requireNonNull(skillFolder);
        Objects.requireNonNull(instructions);
        Objects.requireNonNull(command);
        Objects.requireNonNull(prompt);
        Objects.requireNonNull(handover);
        Objects.requireNonNull(reply);
    }

    /**
     * Returns the engine's settings.
     *
     * @return path below the workspace to content
     */
    public Map<String, String> settings() {
        return command.files();
    }
}
