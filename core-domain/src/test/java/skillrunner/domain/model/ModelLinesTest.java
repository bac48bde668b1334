package skillrunner.domain.model;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Models as a CLI prints them. */
class ModelLinesTest {
    @Test
    void blank_lines_log_noise_and_doubles_leave_only_clean_unique_ids() {
        String stdout =
                "\n  \nINFO a/b c\nopencode/nano\r\nopencode/big\nopencode/nano\nerror\n/x\ny/\n\u001b[1mz/z\n a/b \n";

        assertThat(ModelLines.parse(stdout, "n"))
                .extracting(ModelEntry::id)
                .containsExactly("a/b", "opencode/big", "opencode/nano");
    }

    @Test
    void provider_and_model_are_split_at_the_first_slash() {
        assertThat(ModelLines.parse("openrouter/vendor/name", "n"))
                .containsExactly(ModelEntry.provided("openrouter", "vendor/name", "n"));
    }

    @Test
    void what_no_request_could_name_is_left_out() {
        assertThat(ModelLines.parse("a/b@high\na/" + "x".repeat(200), "n")).isEmpty();
    }
}
