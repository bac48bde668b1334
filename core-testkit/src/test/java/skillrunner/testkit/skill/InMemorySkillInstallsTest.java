package skillrunner.testkit.skill;

import skillrunner.application.skill.SkillInstalls;

/** The fake keeps the promises of the port. */
class InMemorySkillInstallsTest extends SkillInstallsContract {
    @Override
    protected SkillInstalls emptyStore() {
        return new InMemorySkillInstalls();
    }
}
