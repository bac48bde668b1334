package skillrunner.engines;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.SignInLife;
import skillrunner.domain.engine.EngineId;

import static org.assertj.core.api.Assertions.assertThat;

/** How long sign-ins last, out of the files of the four CLIs. */
class SignInLifeTest {
    private static final Instant THEN = Instant.ofEpochSecond(1_800_000_000);

    private final Map<String, String> files = new HashMap<>();
    private final AgentHome home = path -> Optional.ofNullable(files.get(path));

    @Test
    void codex_tells_it_by_the_token_it_asks_models_with() {
        codex("{\"tokens\": {\"access_token\": \"" + token("{\"exp\": 1800000000}") + "\", \"id_token\": \""
                + token("{\"exp\": 5}") + "\", \"refresh_token\": \"a\"}}");
        assertThat(life("codex")).isEqualTo(new SignInLife(Optional.of(THEN), true));

        codex("{\"tokens\": {\"access_token\": \"opaque\", \"id_token\": \"" + token("{\"exp\": 1800000000}") + "\"}}");
        assertThat(life("codex")).isEqualTo(new SignInLife(Optional.of(THEN), false));

        codex("{\"OPENAI_API_KEY\": \"a-key\", \"tokens\": null}");
        assertThat(life("codex")).isEqualTo(SignInLife.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"gemini, .gemini", "iflow, .iflow"})
    void gemini_and_iflow_tell_it_in_milliseconds(String engine, String folder) {
        files.put(folder + "/oauth_creds.json", "{\"expiry_date\": 1800000000000, \"refresh_token\": \"a\"}");
        assertThat(life(engine)).isEqualTo(new SignInLife(Optional.of(THEN), true));
        files.put(folder + "/oauth_creds.json", "{\"expiry_date\": 1800000000000, \"refresh_token\": \" \"}");
        assertThat(life(engine)).isEqualTo(new SignInLife(Optional.of(THEN), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": {\"type\": \"api\", \"key\": \"k\", \"expires\": 1}}||false",
                "{\"a\": {\"type\": \"oauth\", \"refresh\": \"r\", \"expires\": 0}}||true",
                "{\"a\": {\"type\": \"oauth\", \"refresh\": \"r\", \"expires\": 5}, \"b\": {\"type\": \"oauth\", \"expires\": 1800000000000}}|1800000000|false",
                "{\"a\": {\"type\": \"oauth\", \"refresh\": \"r\", \"expires\": 1900000000000}, \"b\": {\"type\": \"oauth\", \"refresh\": \"r\", \"expires\": 1800000000000}}|1800000000|true"
            })
    void opencode_tells_it_for_each_provider(String file, @Nullable Long seconds, boolean renews) {
        files.put(".local/share/opencode/auth.json", file);
        assertThat(life("opencode"))
                .isEqualTo(new SignInLife(Optional.ofNullable(seconds).map(Instant::ofEpochSecond), renews));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"expiry_date\"",
                "{\"expiry_date\": \"soon\"}",
                "{\"expiry_date\": 1e999}",
                "{\"expiry_date\": 99999999999999999999999}",
                "{\"expiry_date\": 9223372036854775807}",
                "{\"expiry_date\": -1}",
                "{\"refresh_token\": {\"a\": 1}}"
            })
    void what_is_none_tells_nothing(String file) {
        files.put(".gemini/oauth_creds.json", file);
        assertThat(life("gemini")).isEqualTo(SignInLife.UNKNOWN);
        files.put(".gemini/oauth_creds.json", " ".repeat(256 << 10) + "{\"expiry_date\": 1}");
        assertThat(life("gemini")).isEqualTo(SignInLife.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a.%.b", "a.e30.b.c", "a.e30.b", "a.WzFd.b"})
    void a_token_that_is_none_has_no_end(String token) {
        codex("{\"tokens\": {\"access_token\": \"" + token + "\"}}");
        assertThat(life("codex")).isEqualTo(SignInLife.UNKNOWN);
    }

    @Test
    void only_what_does_not_renew_itself_is_over() {
        assertThat(new SignInLife(Optional.of(THEN), false).isOver(THEN)).isTrue();
        assertThat(new SignInLife(Optional.of(THEN), false).isOver(THEN.minusMillis(1)))
                .isFalse();
        assertThat(new SignInLife(Optional.of(THEN), true).isOver(THEN)).isFalse();
        assertThat(SignInLife.UNKNOWN.isOver(Instant.MAX)).isFalse();
    }

    private void codex(String file) {
        files.put(".codex/auth.json", file);
    }

    private static String token(String claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".x";
    }

    private SignInLife life(String engine) {
        return ServiceLoader.load(EngineCli.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(cli -> cli.engine().equals(EngineId.parse(engine).orElseThrow()))
                .findFirst()
                .orElseThrow()
                .signInLife(home);
    }
}
