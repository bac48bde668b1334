package skillrunner.oauth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A runner inside another program renews by the variables that it was given. */
class RenewalsByServiceTest {
    @TempDir
    Path home;

    @Test
    void a_renewal_goes_through_the_proxy_that_the_variables_name() throws Exception {
        Path file = Files.createDirectories(home.resolve(".codex")).resolve("auth.json");
        Files.writeString(
                file,
                "{\"tokens\": {\"access_token\": \"" + Jwt.of("{\"exp\": 1}") + "\", \"refresh_token\": \"old\"}}");
        try (ScriptedProvider proxy = new ScriptedProvider()) {
            proxy.on("/token", 200, "{\"access_token\": \"fake-new\", \"refresh_token\": \"fake-next\"}");

            renewal(Map.of(
                            "SKILL_RUNNER_AUTH_OPENAI_TOKEN_URL",
                            "http://provider.invalid/token",
                            "http_proxy",
                            proxy.address("").toString()))
                    .renew(EngineId.CODEX);

            assertThat(proxy.requests("/token")).singleElement().satisfies(asked -> assertThat(asked.headers())
                    .containsEntry("host", "provider.invalid"));
            assertThat(file).content().contains("fake-next");
        }
    }

    @Test
    void what_can_be_no_proxy_is_refused_and_what_others_speak_is_not() {
        assertThatThrownBy(() -> renewal(Map.of("ALL_PROXY", "http://user:hidden")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ALL_PROXY")
                .hasMessageNotContaining("hidden");
        assertThat(renewal(Map.of("ALL_PROXY", "socks5://127.0.0.1:1080")).isDue(EngineId.CODEX))
                .isFalse();
    }

    private SignInRenewal renewal(Map<String, String> variables) {
        Map<String, String> given = new HashMap<>(variables);
        return new RenewalsByService()
                .of(home.toString(), name -> Optional.ofNullable(given.get(name)), new ManualClock());
    }
}
