package skillrunner.application.skill;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.testkit.file.InMemoryFolder;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.skill.InMemorySkillCatalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What the API and the pages tell of the skills. */
class BrowseSkillsTest {
    private final InMemorySkillCatalogue catalogue = new InMemorySkillCatalogue();
    private final BrowseSkills browse =
            new BrowseSkills(catalogue, new InMemoryFolder(), new CoreOnFakes().server().engines);

    @Test
    void a_skill_comes_with_the_engines_of_this_server_it_runs_on() {
        put("demo", Optional.of(aSkill().notOn(EngineId.IFLOW).build()));

        SkillOverview skill = browse.find("demo");

        assertThat(skill.entry().health()).isEqualTo(SkillHealth.HEALTHY);
        assertThat(skill.effectiveEngines()).containsExactly(EngineId.CODEX, EngineId.GEMINI, EngineId.OPENCODE);
        assertThat(browse.list()).containsExactly(skill);
    }

    @Test
    void a_folder_whose_manifest_can_not_be_read_runs_on_no_engine() {
        put("plain", Optional.empty());

        assertThat(browse.list()).singleElement().satisfies(skill -> {
            assertThat(skill.entry().health()).isEqualTo(SkillHealth.DEGRADED);
            assertThat(skill.effectiveEngines()).isEmpty();
        });
    }

    @Test
    void what_is_not_there_is_refused() {
        assertThat(catchThrowableOfType(RefusedException.class, () -> browse.find("absent"))
                        .refusal()
                        .code())
                .isEqualTo(ErrorCode.SKILL_NOT_FOUND);
    }

    private void put(String id, Optional<InstalledSkill> installed) {
        catalogue.put(new SkillEntry(
                id,
                id,
                "",
                installed.map(InstalledSkill::manifest),
                installed,
                "/skills/" + id,
                Instant.EPOCH,
                installed.isEmpty(),
                installed.isPresent() ? List.of() : List.of("assets/runner.json is missing")));
    }
}
