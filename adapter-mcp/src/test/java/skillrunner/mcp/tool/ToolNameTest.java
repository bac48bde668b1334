package skillrunner.mcp.tool;

import java.util.List;
import org.junit.jupiter.api.Test;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;

class ToolNameTest {
    @Test
    void most_skills_are_called_what_they_are_called() {
        assertThat(name("demo-prime_number2")).isEqualTo("demo-prime_number2");
        assertThat(name("a".repeat(64))).isEqualTo("a".repeat(64));
    }

    @Test
    void other_names_are_for_every_client_and_differ() {
        List<String> names = List.of(
                name("a.b"),
                name("a_b"),
                name("a..b"),
                name("skill_runner_run_result"),
                name("x.".repeat(32)),
                name("x.".repeat(31) + "xy"));

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[A-Za-z0-9_-]{1,64}"));
        assertThat(names.get(0)).startsWith("a_b_");
        assertThat(names.get(3)).doesNotStartWith(ToolName.OWN);
    }

    private static String name(String id) {
        return ToolName.of(new SkillId(id));
    }
}
