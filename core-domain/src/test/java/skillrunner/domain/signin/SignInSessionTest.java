package skillrunner.domain.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.state.IllegalTransitionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SignInSessionTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(10);
    private static final SignInPrompt PAGE = SignInPrompt.page("https://example.org/", SignInInputKind.TEXT);

    @Test
    void a_callback_that_is_pasted_ends_in_success() {
        SignInSession asked = oauth(SignInMethod.CALLBACK).asked(PAGE, Optional.empty(), NOW);
        SignInSession answered = asked.answered(LATER);
        SignInSession ended = answered.succeeded(LATER);

        assertThat(asked.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(asked.pastedByHand()).isFalse();
        assertThat(answered.status()).isEqualTo(SignInStatus.CODE_SUBMITTED_WAITING_RESULT);
        assertThat(answered.pastedByHand()).isTrue();
        assertThat(ended.status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(ended.error()).isEmpty();
        assertThat(ended.prompt()).isEqualTo(PAGE);
        assertThat(ended.updatedAt()).isEqualTo(LATER);
        assertThat(ended.expiresAt()).isEqualTo(NOW.plusSeconds(900));
    }

    @Test
    void a_key_is_no_fallback_and_a_callback_by_a_browser_neither() {
        assertThat(oauth(SignInMethod.API_KEY)
                        .asked(SignInPrompt.key(), Optional.empty(), NOW)
                        .answered(NOW)
                        .pastedByHand())
                .isFalse();
        SignInSession called =
                oauth(SignInMethod.CALLBACK).asked(PAGE, Optional.empty(), NOW).calledBack(LATER);
        assertThat(called.pastedByHand()).isFalse();
        assertThat(called.calledBackAt()).contains(LATER);
        assertThat(called.status()).isEqualTo(SignInStatus.WAITING_USER);
    }

    @Test
    void a_program_may_ask_again_and_says_why() {
        SignInSession again = delegate()
                .automated(NOW)
                .automated(NOW)
                .asked(PAGE, Optional.empty(), NOW)
                .answered(NOW)
                .asked(PAGE, Optional.of(SignInFault.CODE_REFUSED.saying("the code was not accepted")), LATER);

        assertThat(again.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(again.error().map(SignInProblem::words)).contains("the code was not accepted");
        assertThat(again.answered(LATER).error()).isEmpty();
        assertThat(again.asked(PAGE, Optional.empty(), LATER).error().map(SignInProblem::words))
                .contains("the code was not accepted");
        assertThat(again.failed(SignInFault.PROVIDER_REFUSED.saying("it ended"), LATER)
                        .exited(1)
                        .exitCode())
                .contains(1);
    }

    @Test
    void an_end_is_final() {
        SignInSession ended = oauth(SignInMethod.CALLBACK).canceled(NOW);

        assertThat(ended.error().map(SignInProblem::words)).contains("canceled by user");
        assertThatExceptionOfType(IllegalTransitionException.class).isThrownBy(() -> ended.succeeded(NOW));
        assertThatExceptionOfType(IllegalTransitionException.class).isThrownBy(() -> ended.answered(NOW));
        assertThat(ended.accepts(SignInLifecycle.Event.OVERDUE)).isFalse();
        assertThatExceptionOfType(IllegalTransitionException.class)
                .isThrownBy(() -> oauth(SignInMethod.CALLBACK).automated(NOW));
    }

    @Test
    void its_time_is_over_after_its_last_moment() {
        SignInSession session = oauth(SignInMethod.CALLBACK);

        assertThat(session.isOverdue(NOW.plusSeconds(900))).isFalse();
        assertThat(session.isOverdue(NOW.plusSeconds(901))).isTrue();
        assertThat(session.expired(NOW.plusSeconds(901)).error()).isPresent();
        assertThat(session.expired(NOW.plusSeconds(901)).isOverdue(NOW.plusSeconds(902)))
                .isFalse();
    }

    @Test
    void a_code_to_type_is_typed_at_the_address() {
        assertThat(SignInPrompt.code("https://example.org/device", "ABCD-EFGH").verificationAddress())
                .contains("https://example.org/device");
        assertThat(PAGE.verificationAddress()).isEmpty();
    }

    private static SignInSession oauth(SignInMethod method) {
        return started(SignInWay.of(SignInTransport.OAUTH_PROXY, EngineId.CODEX, method));
    }

    private static SignInSession delegate() {
        return started(SignInWay.of(SignInTransport.CLI_DELEGATE, EngineId.GEMINI, SignInMethod.AUTH_CODE_OR_URL));
    }

    private static SignInSession started(SignInWay way) {
        return SignInSession.started(
                new SignInId("00000000-0000-4000-8000-000000000001"), way, NOW, Duration.ofMinutes(15));
    }
}
