package skillrunner.testkit.skill;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import skillrunner.application.skill.SkillPackages;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillVersion;

/** The fake keeps the promises of the port. */
class ScriptedSkillPackagesTest extends SkillPackagesContract {
    @Override
    protected Place emptyPlace() {
        ScriptedSkillPackages packages = new ScriptedSkillPackages();
        return new Place() {
            @Override
            public SkillPackages packages() {
                return packages;
            }

            @Override
            public byte[] archive(String version) {
                return ("demo " + version).getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public byte[] rubbish() {
                return "rubbish".getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public Optional<String> installed() {
                return Optional.ofNullable(packages.installed().get(new SkillId("demo")))
                        .map(SkillVersion::text);
            }

            @Override
            public boolean isClean() {
                return packages.isClean();
            }
        };
    }
}
