package skillrunner.domain.signin;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.domain.state.LifecyclePage;
import skillrunner.domain.state.TransitionTable;

import static org.assertj.core.api.Assertions.assertThat;

class SignInLifecycleTest {
    @ParameterizedTest
    @EnumSource
    void every_live_state_can_fail_be_canceled_and_expire_and_nothing_leaves_an_end(SignInTransport transport) {
        TransitionTable<SignInStatus, SignInLifecycle.Event> table = SignInLifecycle.of(transport);
        for (SignInStatus status : table.reachable()) {
            for (SignInLifecycle.Event end : Set.of(
                    SignInLifecycle.Event.FELL_THROUGH,
                    SignInLifecycle.Event.CALLED_OFF,
                    SignInLifecycle.Event.OVERDUE)) {
                assertThat(table.accepts(status, end)).as(status + " " + end).isEqualTo(!status.isTerminal());
            }
        }
        assertThat(table.reachable().stream().filter(SignInStatus::isTerminal).collect(Collectors.toSet()))
                .isEqualTo(SignInStatus.TERMINAL);
    }

    @Test
    void the_pages_show_the_tables() throws Exception {
        LifecyclePage.check(
                "sign-in-oauth-proxy.md",
                "How a sign-in by the server moves",
                "SignInLifecycle.OAUTH_PROXY",
                SignInLifecycle.OAUTH_PROXY,
                SignInLifecycle.OAUTH_PROXY.reachable().toArray(SignInStatus[]::new),
                SignInStatus::wire);
        LifecyclePage.check(
                "sign-in-cli-delegate.md",
                "How a sign-in by the engine's program moves",
                "SignInLifecycle.CLI_DELEGATE",
                SignInLifecycle.CLI_DELEGATE,
                SignInStatus.values(),
                SignInStatus::wire);
    }

    @Test
    void a_session_without_a_program_is_never_automated() {
        assertThat(SignInLifecycle.OAUTH_PROXY.reachable())
                .containsExactlyInAnyOrder(
                        SignInStatus.STARTING,
                        SignInStatus.WAITING_USER,
                        SignInStatus.CODE_SUBMITTED_WAITING_RESULT,
                        SignInStatus.SUCCEEDED,
                        SignInStatus.FAILED,
                        SignInStatus.CANCELED,
                        SignInStatus.EXPIRED);
        for (SignInStatus status : SignInStatus.values()) {
            assertThat(SignInLifecycle.OAUTH_PROXY.accepts(status, SignInLifecycle.Event.AUTOMATED))
                    .as(status.wire())
                    .isFalse();
        }
    }

    @Test
    void only_a_program_asks_again_after_an_answer() {
        assertThat(SignInLifecycle.CLI_DELEGATE.next(
                        SignInStatus.CODE_SUBMITTED_WAITING_RESULT, SignInLifecycle.Event.ASKED))
                .contains(SignInStatus.WAITING_USER);
        assertThat(SignInLifecycle.OAUTH_PROXY.accepts(
                        SignInStatus.CODE_SUBMITTED_WAITING_RESULT, SignInLifecycle.Event.ASKED))
                .isFalse();
        assertThat(SignInLifecycle.CLI_DELEGATE.reachable()).containsExactlyInAnyOrder(SignInStatus.values());
    }

    @Test
    void the_words_of_a_transport_are_those_of_the_wire() {
        assertThat(SignInTransport.parse("oauth_proxy")).contains(SignInTransport.OAUTH_PROXY);
        assertThat(SignInTransport.parse("oauth-proxy")).isEmpty();
        assertThat(SignInTransport.OAUTH_PROXY.slug()).isEqualTo("oauth-proxy");
        assertThat(SignInTransport.OAUTH_PROXY.stateMachine()).isEqualTo("oauth_proxy_v1");
        assertThat(SignInTransport.OAUTH_PROXY.executionMode()).isEqualTo("protocol_proxy");
        assertThat(SignInTransport.CLI_DELEGATE.stateMachine()).isEqualTo("cli_delegate_v1");
        assertThat(SignInTransport.CLI_DELEGATE.orchestrator()).isEqualTo("cli_delegate_orchestrator");
        assertThat(SignInMethod.parse("auth_code_or_url")).contains(SignInMethod.AUTH_CODE_OR_URL);
        assertThat(SignInMethod.parse("browser-oauth")).isEmpty();
    }

    @Test
    void codes_and_texts_stand_for_each_other_and_a_key_for_itself() {
        assertThat(SignInInputKind.CODE.takes(SignInInputKind.TEXT)).isTrue();
        assertThat(SignInInputKind.TEXT.takes(SignInInputKind.CODE)).isTrue();
        assertThat(SignInInputKind.API_KEY.takes(SignInInputKind.API_KEY)).isTrue();
        assertThat(SignInInputKind.API_KEY.takes(SignInInputKind.TEXT)).isFalse();
        assertThat(SignInInputKind.TEXT.takes(SignInInputKind.API_KEY)).isFalse();
        assertThat(SignInInputKind.parse("api_key")).contains(SignInInputKind.API_KEY);
        assertThat(SignInInputKind.parse("url")).isEmpty();
    }
}
