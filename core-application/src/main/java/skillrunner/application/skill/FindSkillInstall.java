package skillrunner.application.skill;

import java.util.Objects;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.SkillInstall;

/** Shows how an installation stands. Safe for concurrent use. */
public final class FindSkillInstall {
    private final SkillInstalls installs;

    public FindSkillInstall(SkillInstalls installs) {
        this.installs = Objects.requireNonNull(installs);
    }

    /**
     * Finds an installation.
     *
     * @param id any text
     * @return the installation
     * @throws RefusedException with {@link ErrorCode#INSTALL_NOT_FOUND} if it names none
     */
    public SkillInstall find(String id) {
        return InstallId.parse(id)
                .flatMap(installs::find)
                .orElseThrow(() -> new RefusedException(ErrorCode.INSTALL_NOT_FOUND, "Skill installation not found"));
    }
}
