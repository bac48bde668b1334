package skillrunner.testkit.simulation;

import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillVersion;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.skill.InMemorySkillInstalls;
import skillrunner.testkit.skill.ScriptedSkillPackages;
import skillrunner.testkit.upgrade.InMemoryUpgradeTasks;

import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What outlives a server besides its runs: skills, installations and upgrades. */
final class Stock {
    /** The skill that everybody runs. */
    static final SkillId SKILL = new SkillId("demo");

    /** A run asks at most so often. */
    private static final int MOST_TURNS = 4;

    /** The package of a skill that clients bring along. */
    static final String SENT = "package sent";

    final ScriptedSkillPackages packages;
    final InMemorySkillInstalls installs;
    final InMemoryUpgradeTasks upgrades;

    Stock(CoreOnFakes core) {
        this.packages = new ScriptedSkillPackages(core.disk);
        this.installs = new InMemorySkillInstalls(core.disk);
        this.upgrades = new InMemoryUpgradeTasks(core.disk);
        // While a skill is replaced, whoever looks for it waits; only what is there then counts.
        packages.onChange((skill, version) -> version.ifPresent(present -> core.skills.install(aSkill(skill.value())
                .version(present.text())
                .inModes(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE)
                .inTurns(MOST_TURNS)
                .build())));
        packages.install(SKILL, SkillVersion.of("1.0.0"));
        core.packages.offer(aSkill("sent").build());
    }
}
