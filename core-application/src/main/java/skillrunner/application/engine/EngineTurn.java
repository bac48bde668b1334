package skillrunner.application.engine;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;

/**
 * One turn to be carried out by a CLI. The prompt is not part of it: a driver never sees it, so it can never become an option.
 *
 * @param skill the skill
 * @param runDirectory absolute path of the workspace, which is the CLI's working directory
 * @param mode whether questions may be asked
 * @param model the model the client chose, if any
 * @param skillConfig content of the skill's engine settings, if it brings any
 * @param homeConfig content of the engine's configuration in the agent home, if any
 * @param session what takes the engine's conversation up again; empty in the first turn
 * @param sandboxed whether the CLI's own sandbox is to be used
 */
public record EngineTurn(
        SkillId skill,
        String runDirectory,
        ExecutionMode mode,
        Optional<ModelSpec> model,
        Optional<String> skillConfig,
        Optional<String> homeConfig,
        Optional<String> session,
        boolean sandboxed) {
    /** Refuses null parts. */
    public EngineTurn {
        Objects.requireNonNull(skill);
        Objects.requireNonNull(runDirectory);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(model);
        Objects.requireNonNull(skillConfig);
        Objects.requireNonNull(homeConfig);
        Objects.requireNonNull(session);
    }
}
