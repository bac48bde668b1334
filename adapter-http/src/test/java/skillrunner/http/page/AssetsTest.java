package skillrunner.http.page;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AssetsTest {
    private final Assets assets = Assets.load();

    @Test
    void all_modules_that_a_script_needs_are_known_through_others_as_well() {
        List<String> modules = assets.importsOf("run.js");

        assertThat(modules)
                .doesNotHaveDuplicates()
                .doesNotContain("run.js")
                // The one imported alone, the one by many, and one that only another module needs.
                .contains("files.js", "log-view.js", "log-lines.js", "times.js");
        assertThat(assets.importsOf("run.js")).isEqualTo(modules);
    }

    @Test
    void a_script_that_needs_none_has_none() {
        assertThat(assets.importsOf("stream-turn.js")).isEmpty();
    }

    @Test
    void a_script_that_is_not_there_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assets.importsOf("none.js"))
                .withMessage("there is no script none.js");
    }
}
