package skillrunner.delegate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GeminiScriptTest extends ScriptTest {
    private static final String CREDENTIALS = ".gemini/oauth_creds.json";
    private static final String MENU =
            "How would you like to authenticate for this project?\r\n(Use Enter to select)\r\n";
    private static final String PAGE = "https://accounts.google.com/o/oauth2/v2/auth?redirect_uri=https%3A%2F%2Fcode"
            + "assist.google.com%2Fauthcode&access_type=offline&code_challenge=Y-Aiiz_ev594js9hXv6&state=3f4f50d7";
    private static final String MAIN = "\r\n > Type your message or @path/to/file\r\n";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void a_code_signs_in_when_the_credentials_are_others() {
        fixture.put(CREDENTIALS, "{\"access_token\":\"old\"}");
        begin();
        assertThat(fixture.program().program().command()).endsWith("--screen-reader");
        assertThat(fixture.program().program().environment()).containsEntry("NO_BROWSER", "true");
        assertThat(fixture.trusted(EngineId.GEMINI)).contains(fixture.folder().toString());
        assertThat(DelegateFixture.read(fixture.folder().resolve(".gemini/settings.json")))
                .isEqualTo("{\"general\":{\"enableAutoUpdate\":false}}\n");
        asks(PAGE);
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.address()).isEqualTo(PAGE);
        assertThat(fixture.now().session().prompt().input()).contains(SignInInputKind.CODE);

        assertThat(fixture.submit("4/0Afakecode").session().status())
                .isEqualTo(SignInStatus.CODE_SUBMITTED_WAITING_RESULT);
        assertThat(fixture.typed()).isEqualTo("4/0Afakecode\r");
        fixture.shows("4/0Afake\u001b[7mcode\u001b[0m\r\n").shows(MAIN).pass(SECOND);
        assertThat(fixture.status()).isEqualTo(SignInStatus.CODE_SUBMITTED_WAITING_RESULT);
        fixture.put(CREDENTIALS, "{\"access_token\":\"new\"}");
        fixture.pass(SECOND);

        assertThat(fixture.status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.program().closed()).isTrue();
        assertThat(fixture.trusted(EngineId.GEMINI)).isEmpty();
        assertThat(fixture.programs.held()).isEmpty();
        assertThat(fixture.kept()).contains("user kind=text len=12", "***").doesNotContain("4/0Afake");
    }

    @Test
    void a_program_that_takes_in_nothing_can_be_ended_though_somebody_types() throws Exception {
        begin();
        asks(PAGE);
        fixture.program().deaf();
        Thread types = new Thread(() -> fixture.submit("4/0Afakecode"));
        types.start();
        while (types.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        assertThat(fixture.cancel().session().status()).isEqualTo(SignInStatus.CANCELED);

        types.join();
        assertThat(fixture.program().closed()).isTrue();
    }

    @Test
    void old_credentials_are_no_success() {
        fixture.put(CREDENTIALS, "{\"access_token\":\"old\"}");
        begin();
        asks(PAGE);
        fixture.submit("4/0Afakecode");
        fixture.shows(MAIN).pass(Duration.ofSeconds(6));
        assertThat(fixture.error()).startsWith("CREDENTIALS_UNCHANGED");
    }

    @Test
    void the_first_entry_is_chosen_wherever_the_menu_stands() {
        begin();
        fixture.shows(MENU + "  1. Login with Google\r\n  (checked) 2. Use Gemini API Key\r\n");
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_ORCHESTRATOR);
        assertThat(fixture.typed()).isEqualTo("\u001b[A");
        fixture.pass(SECOND);
        assertThat(fixture.typed()).isEmpty();
        fixture.shows("  (checked) 1. Login with Google\r\n");
        assertThat(fixture.typed()).isEqualTo("\r");
        asks(PAGE);
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.kept()).contains("auto Up", "auto Enter");
    }

    @Test
    void a_folder_is_trusted_by_either_words_and_nothing_is_typed_behind_the_question_for_the_code() {
        begin();
        fixture.shows("Do you trust this folder?\r\n1. Trust folder\r\n");
        assertThat(fixture.typed()).isEqualTo("\r");
        fixture.pass(Duration.ofMillis(500));
        assertThat(fixture.typed()).isEmpty();
        fixture.shows("Do you trust the files in this folder?\r\n").pass(SECOND);
        assertThat(fixture.typed()).isEqualTo("\r");
        asks(PAGE);
        fixture.pass(Duration.ofSeconds(30));
        assertThat(fixture.typed()).isEmpty();
    }

    @Test
    void from_the_question_for_a_key_it_goes_back() {
        begin();
        fixture.shows("Enter Gemini API Key\r\nPaste your API key here\r\n");
        assertThat(fixture.typed()).isEqualTo("\u001b");
        fixture.shows("Waiting for authentication... (Press Esc or Ctrl+C to cancel)\r\n" + MENU
                        + "(checked) 1. Login\r\n")
                .pass(SECOND);
        assertThat(fixture.typed()).isEqualTo("\r");
    }

    @Test
    void who_is_signed_in_already_is_asked_again_by_a_command() {
        begin();
        fixture.shows(MAIN).pass(Duration.ofMillis(1700));
        assertThat(fixture.typed()).isEmpty();
        fixture.pass(SECOND);
        assertThat(fixture.typed()).isEqualTo("/auth\r");
        fixture.pass(Duration.ofSeconds(2));
        assertThat(fixture.typed()).isEqualTo("\r");
        fixture.pass(Duration.ofSeconds(5));
        assertThat(fixture.typed()).isEmpty();
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_ORCHESTRATOR);
    }

    @Test
    void an_address_that_is_broken_over_lines_and_coloured_is_one() {
        begin();
        byte[] screen = ("Please visit the following URL to authorize the application:\r\n\r\n\u001b[34m"
                        + PAGE.substring(0, 70) + "\u001b[39m\r\n\u001b[1m" + PAGE.substring(70, 140) + "\r\n"
                        + PAGE.substring(140)
                        + "\u001b[0m\r\n\r\n\u001b[1G\u001b[0JEnter the authorization code: \u001b[31G")
                .getBytes(StandardCharsets.UTF_8);
        for (byte one : screen) {
            fixture.program().prints(new byte[] {one});
        }
        fixture.settle();
        fixture.pass(SECOND);
        assertThat(fixture.address()).isEqualTo(PAGE);
    }

    @Test
    void a_code_that_is_refused_brings_a_new_page() {
        begin();
        asks(PAGE);
        fixture.submit("wrong-code");
        fixture.shows("wrong-code\r\nFailed to authenticate with authorization code: invalid_grant\r\n"
                + "Failed to authenticate with user code. Retrying...\r\n");
        asks(PAGE + "2");
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.error()).startsWith("CODE_REFUSED");
        assertThat(fixture.address()).isEqualTo(PAGE + "2");
        fixture.submit("right-code");
        fixture.put(CREDENTIALS, "{}");
        fixture.shows(MAIN);
        assertThat(fixture.status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.kept()).doesNotContain("wrong-code", "right-code");
    }

    @Test
    void a_code_that_is_not_answered_may_be_typed_again() {
        begin();
        asks(PAGE);
        fixture.submit("some-code");
        fixture.pass(Duration.ofSeconds(61));
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.error()).startsWith("RESULT_OVERDUE");
    }

    /** The first is what gemini 0.61 says itself; the others are Google's, behind gemini's own words, one of them broken over lines. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "This account requires setting the GOOGLE_CLOUD_PROJECT or GOOGLE_CLOUD_PROJECT_ID env var. See"
                        + " https://goo.gle/gemini-cli-auth-docs#workspace-gca",
                "Failed to sign in. Message: Your current account is not eligible for Gemini Code Assist for individuals"
                        + " because it is not currently available in your location.",
                "Failed to sign in. Message: Your current account is not\r\neligible for Gemini Code Assist for individuals.",
                "Failed to sign in. Message: Gemini Code Assist is not available in your country.",
                "Failed to sign in. Message: This service has been disabled in this account for violation of Terms of"
                        + " Service.",
            })
    void an_account_that_is_refused_is_told_what_to_do(String words) {
        begin();
        asks(PAGE);
        fixture.submit("some-code");
        fixture.shows(words + "\r\n");
        assertThat(fixture.error()).startsWith("ACCOUNT_NOT_ELIGIBLE").contains("GEMINI_API_KEY");
    }

    @Test
    void a_screen_that_nobody_knows_ends_the_session_with_what_it_shows() {
        begin();
        fixture.shows("Which planet are you from?\r\n \u001b[31m1.\u001b[39m Earth\r\n")
                .pass(Duration.ofSeconds(21));
        assertThat(fixture.error()).startsWith("SCREEN_NOT_UNDERSTOOD").contains("Which planet", "1. Earth");
        assertThat(fixture.now().notes()).containsEntry("screen", "Which planet are you from?\n 1. Earth");
        assertThat(fixture.program().closed()).isTrue();
    }

    @Test
    void what_shows_nothing_or_the_same_for_ever_has_its_end() {
        begin();
        fixture.pass(Duration.ofSeconds(61));
        assertThat(fixture.error()).isEqualTo("SCREEN_NOT_UNDERSTOOD: the CLI shows nothing");
        begin();
        for (int second = 0; second < 62; second++) {
            fixture.shows("y\r\n".repeat(500)).pass(SECOND);
        }
        assertThat(fixture.error()).startsWith("SCREEN_NOT_UNDERSTOOD");
    }

    @Test
    void what_dies_tells_its_last_words() {
        begin();
        fixture.shows("Error: one\r\n\r\ntwo\r\nthree\r\n").exits(41);
        assertThat(fixture.error()).isEqualTo("CLI_ENDED: the CLI ended with 41: Error: one | two | three");
        assertThat(fixture.now().session().exitCode()).contains(41);
        assertThatThrownBy(() -> fixture.submit("late"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        it -> assertThat(it.refusal().code()).isEqualTo(ErrorCode.INPUT_REFUSED));
    }

    @Test
    void a_cancel_and_the_end_of_its_time_end_the_program() {
        begin();
        assertThat(fixture.cancel().session().status()).isEqualTo(SignInStatus.CANCELED);
        assertThat(fixture.program().closed()).isTrue();
        begin();
        asks(PAGE);
        fixture.pass(Duration.ofMinutes(16));
        assertThat(fixture.status()).isEqualTo(SignInStatus.EXPIRED);
        assertThat(fixture.program().closed()).isTrue();
        assertThat(fixture.programs.held()).isEmpty();
    }

    @Test
    void without_its_program_nothing_begins() {
        fixture.programs.uninstall("gemini");
        assertThatThrownBy(this::begin).isInstanceOfSatisfying(RefusedException.class, it -> assertThat(
                        it.refusal().code())
                .isEqualTo(ErrorCode.ENGINE_CLI_MISSING));
    }

    private void begin() {
        fixture.start(EngineId.GEMINI, SignInMethod.AUTH_CODE_OR_URL);
    }

    private void asks(String page) {
        fixture.shows("Please visit the following URL to authorize the application:\r\n\r\n" + page
                + "\r\n\r\n\u001b[1G\u001b[0JEnter the authorization code: \u001b[31G");
        fixture.pass(Duration.ofMillis(100));
    }
}
