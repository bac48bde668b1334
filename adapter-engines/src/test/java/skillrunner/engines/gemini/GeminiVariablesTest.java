package skillrunner.engines.gemini;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GeminiVariablesTest {
    @ParameterizedTest
    @CsvSource({
        "gemini-api-key, GEMINI_API_KEY, GOOGLE_APPLICATION_CREDENTIALS",
        "vertex-ai, GOOGLE_APPLICATION_CREDENTIALS, AWS_SECRET_ACCESS_KEY",
        "oauth-personal, GOOGLE_CLOUD_PROJECT, GOOGLE_APPLICATION_CREDENTIALS",
        "oauth-personal, GEMINI_API_KEY, GOOGLE_API_KEY",
        "something-new, GEMINI_API_KEY, GOOGLE_APPLICATION_CREDENTIALS"
    })
    void the_way_of_signing_in_says_which_secrets_are_seen(String way, String seen, String notSeen) {
        assertThat(GeminiVariables.passed(
                        Optional.of("{\"security\": {\"auth\": {\"selectedType\": \"" + way + "\"}}} // chosen")))
                .contains(seen)
                .doesNotContain(notSeen);
    }

    @Test
    void what_the_settings_name_is_seen_as_well() {
        assertThat(GeminiVariables.passed(Optional.of("{\"a\": \"$MY_KEY\", \"b\": \"${OTHER:-x}\", \"c\": \"$*\"}")))
                .contains("MY_KEY", "OTHER")
                .doesNotContain("*");
    }

    @Test
    void settings_that_can_not_be_read_open_no_account() {
        assertThat(GeminiVariables.passed(Optional.of("{broken")))
                .contains("GEMINI_API_KEY")
                .doesNotContain("GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_*");
    }
}
