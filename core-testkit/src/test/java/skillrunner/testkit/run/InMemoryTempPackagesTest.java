package skillrunner.testkit.run;

import skillrunner.application.run.temporary.TempPackages;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.skill.SkillBuilder;
import skillrunner.testkit.storage.ScriptedDisk;

class InMemoryTempPackagesTest extends TempPackagesContract {
    private final InMemoryTempPackages packages = new InMemoryTempPackages(new ScriptedDisk(), new ManualClock());

    @Override
    protected TempPackages emptyPackages() {
        return packages;
    }

    @Override
    protected byte[] archive(SkillId skill) {
        return packages.offer(SkillBuilder.aSkill(skill.value()).build());
    }
}
