package skillrunner.oauth;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.signin.SignInSnapshot;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProvider;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInWay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiKeyDriverTest {
    private static final String AUTH = ".local/share/opencode/auth.json";
    private static final String KEY = "sk-fake-key-0123456789";

    @TempDir
    Path folder;

    private SignInFixture fixture;

    @BeforeEach
    void open() {
        fixture = new SignInFixture(folder, OAuthSettings.defaults());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void the_providers_stand_in_the_order_of_the_menu() {
        List<SignInProvider> providers = new ApiKeyDriver(
                        Parts.of(OAuthSettings.defaults(), folder, fixture.clock, fixture.ticks))
                .ways().stream()
                        .map(SignInWay::provider)
                        .map(it -> it.orElseThrow())
                        .toList();
        assertThat(providers)
                .containsExactly(
                        new SignInProvider("deepseek", "DeepSeek"),
                        new SignInProvider("iflowcn", "iFlowCN"),
                        new SignInProvider("minimax", "MiniMax"),
                        new SignInProvider("moonshotai", "Moonshot AI"),
                        new SignInProvider("opencode", "OpenCode Zen"),
                        new SignInProvider("openrouter", "OpenRouter"),
                        new SignInProvider("zai-coding-plan", "Z.AI Coding Plan"));
    }

    @Test
    void a_provider_of_an_unknown_mode_stops_the_start() {
        assertThatThrownBy(() -> OpencodeProvider.parse("x | X | magic")).hasMessageContaining("auth_mode");
    }

    @Test
    void a_key_is_asked_for_without_an_address() {
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.API_KEY, "deepseek");
        assertThat(begun.session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(begun.session().prompt().input()).contains(SignInInputKind.API_KEY);
        assertThat(begun.session().prompt().address()).isEmpty();
    }

    @Test
    void a_key_is_stored_for_its_owner_only_beside_those_of_others() {
        fixture.put(AUTH, "{\"openai\": {\"type\": \"oauth\", \"n\": 1.50}, \"deepseek\": {\"key\": \"old\"}}");
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.API_KEY, "deepseek");
        SignInSnapshot ended = fixture.submit(begun, SignInInputKind.API_KEY, "  " + KEY + " \n");
        assertThat(ended.session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.json(AUTH).path("openai").path("type").asString()).isEqualTo("oauth");
        assertThat(fixture.json(AUTH).path("deepseek").toString())
                .isEqualTo("{\"type\":\"api\",\"key\":\"" + KEY + "\"}");
        assertThat(fixture.json(AUTH).size()).isEqualTo(2);
        assertThat(fixture.mode(AUTH)).isEqualTo("rw-------");
        assertThat(fixture.kept() + ended).doesNotContain(KEY);
    }

    @Test
    void folders_that_are_missing_are_made_for_their_owner_only() {
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.API_KEY, "zai-coding-plan");
        fixture.submit(begun, SignInInputKind.API_KEY, KEY);
        assertThat(fixture.json(AUTH).path("zai-coding-plan").path("key").asString())
                .isEqualTo(KEY);
        assertThat(fixture.mode(".local/share/opencode")).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{broken sk-secret", "[1]", "", "{\"a\":1} x"})
    void a_file_that_can_not_be_read_stays_as_it_is(String broken) {
        fixture.put(AUTH, broken);
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.API_KEY, "minimax");
        SignInSnapshot ended = fixture.submit(begun, SignInInputKind.API_KEY, KEY);
        assertThat(ended.session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(ended.session().error().orElseThrow().words()).contains(AUTH).doesNotContain("sk-");
        assertThat(fixture.text(AUTH)).isEqualTo(broken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two\nlines"})
    void what_is_no_key_is_refused_and_the_session_goes_on(String text) {
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.API_KEY, "minimax");
        assertThatThrownBy(() -> fixture.submit(begun, SignInInputKind.API_KEY, text))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        it -> assertThat(it.refusal().code()).isEqualTo(ErrorCode.INPUT_REFUSED));
        assertThat(fixture.find(begun).session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.has(AUTH)).isFalse();
    }

    @Test
    void a_code_is_no_key_and_a_second_key_is_refused() {
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.API_KEY, "minimax");
        assertThatThrownBy(() -> fixture.submit(begun, SignInInputKind.TEXT, KEY))
                .isInstanceOf(RefusedException.class);
        fixture.submit(begun, SignInInputKind.API_KEY, KEY);
        String written = fixture.text(AUTH);
        assertThatThrownBy(() -> fixture.submit(begun, SignInInputKind.API_KEY, "another"))
                .isInstanceOf(RefusedException.class);
        assertThat(fixture.text(AUTH)).isEqualTo(written);
    }

    @Test
    void nothing_is_written_after_a_cancel() {
        SignInSnapshot begun = fixture.start(EngineId.OPENCODE, SignInMethod.API_KEY, "minimax");
        fixture.cancel(begun);
        assertThatThrownBy(() -> fixture.submit(begun, SignInInputKind.API_KEY, KEY))
                .isInstanceOf(RefusedException.class);
        assertThat(fixture.has(AUTH)).isFalse();
    }
}
