package skillrunner.app.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.client.Credentials;
import skillrunner.http.access.AccessRule;
import skillrunner.http.access.AccessScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AccessSettingsTest {
    private static final String SECRET = "s3cret of the house";

    @Test
    void nobody_is_asked_for_a_password_unless_that_is_wanted() {
        assertThat(read(Map.of()).access().rule()).isEmpty();
        assertThat(read(withPassword("UI_BASIC_AUTH_ENABLED", "0")).access().rule())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "YES", "yes", "On", " true "})
    void these_words_switch_it_on(String word) {
        assertThat(read(withPassword("UI_BASIC_AUTH_ENABLED", word)).access().rule())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, , UI",
        "localhost, , UI",
        "0.0.0.0, , ALL",
        "::, , ALL",
        "127.0.0.1, all, ALL",
        "0.0.0.0, UI, UI"
    })
    void it_covers_the_pages_on_loopback_and_everything_elsewhere_unless_told_otherwise(
            String host, String scope, AccessScope expected) {
        Map<String, String> environment = withPassword("HOST", host);
        Optional.ofNullable(scope).ifPresent(text -> environment.put("SKILL_RUNNER_AUTH_SCOPE", text));

        assertThat(read(environment).access().rule().map(AccessRule::scope)).contains(expected);
    }

    @Test
    void an_open_address_with_a_password_needs_no_consent_and_is_not_insecure() {
        assertThat(read(withPassword("HOST", "0.0.0.0")).access().insecure()).isFalse();
    }

    @Test
    void jobs_are_open_to_others_unless_the_address_is_loopback_or_they_ask_for_a_password() {
        assertThat(read(Map.of()).access().jobsAreOpenToOthers()).isFalse();
        assertThat(read(withPassword("HOST", "0.0.0.0")).access().jobsAreOpenToOthers())
                .isFalse();
        Map<String, String> pagesOnly = withPassword("HOST", "0.0.0.0");
        pagesOnly.put("SKILL_RUNNER_AUTH_SCOPE", "ui");
        assertThat(read(pagesOnly).access().jobsAreOpenToOthers()).isTrue();
        assertThat(read(Map.of("HOST", "::", "SKILL_RUNNER_ALLOW_INSECURE_BIND", "1"))
                        .access()
                        .jobsAreOpenToOthers())
                .isTrue();
    }

    @Test
    void a_client_of_the_same_process_can_say_who_it_is() {
        assertThat(BasicAuthSettings.ofClient(Map.of())).isEmpty();
        assertThat(BasicAuthSettings.ofClient(withPassword("UI_BASIC_AUTH_PASSWORD", " p:w ")))
                .contains(new Credentials("admin", " p:w "));
    }

    @ParameterizedTest
    @CsvSource({"UI_BASIC_AUTH_USERNAME, ''", "UI_BASIC_AUTH_USERNAME, '  '", "UI_BASIC_AUTH_PASSWORD, ''"})
    void an_empty_user_name_or_password_stops_the_start_and_names_both(String name, String value) {
        assertThatThrownBy(() -> read(withPassword(name, value)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("UI_BASIC_AUTH_ENABLED=true")
                .hasMessageContainingAll("UI_BASIC_AUTH_USERNAME", "UI_BASIC_AUTH_PASSWORD", name + " is empty")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> read(Map.of("UI_BASIC_AUTH_ENABLED", "on", "PORT", "0")))
                .hasMessageContainingAll("UI_BASIC_AUTH_USERNAME", "UI_BASIC_AUTH_PASSWORD", "both are empty");
    }

    @Test
    void a_user_name_with_a_colon_is_refused() {
        assertThatThrownBy(() -> read(withPassword("UI_BASIC_AUTH_USERNAME", "a:b")))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("UI_BASIC_AUTH_USERNAME=a:b")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void what_the_locale_garbled_is_refused_and_not_shown() {
        assertThatThrownBy(() -> read(withPassword("UI_BASIC_AUTH_PASSWORD", "pa\uFFFD\uFFFDword")))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("LC_ALL")
                .hasMessageNotContaining("word;");
    }

    @Test
    void a_password_is_taken_with_its_spaces() {
        EnvironmentReader reader = new EnvironmentReader(Map.of("P", " a b ", "Q", "  "));

        assertThat(reader.verbatim(new Variable("P", "", ""))).contains(" a b ");
        assertThat(reader.verbatim(new Variable("Q", "", ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'%s', '%s'", "'%s\n', '%s'", "'%s\r\n', '%s'", "'%s\n\n', '%s\n'", "' %s ', ' %s '"})
    void a_password_may_come_from_a_file_whose_last_line_break_does_not_count(
            String content, String password, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), content.formatted(SECRET));
        Map<String, String> environment = withPasswordFile(file);

        assertThat(BasicAuthSettings.ofClient(environment))
                .isEqualTo(
                        BasicAuthSettings.ofClient(withPassword("UI_BASIC_AUTH_PASSWORD", password.formatted(SECRET))));
        assertThat(read(environment).access().rule()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "missing, 'there is no such file'",
        "folder, 'the file can''t be read'",
        "empty, 'the file holds no password'",
        "blank, 'the file holds no password'",
        "long, 'the file is too long for a password'",
        "garbled, LC_ALL"
    })
    void a_file_without_a_password_stops_the_start(String kind, String reason, @TempDir Path folder)
            throws IOException {
        Files.createDirectory(folder.resolve("folder"));
        Files.createFile(folder.resolve("empty"));
        Files.writeString(folder.resolve("blank"), " \n");
        Files.writeString(folder.resolve("long"), "x".repeat(70_000));
        Files.write(folder.resolve("garbled"), new byte[] {'p', (byte) 0xFF});

        assertThatThrownBy(() -> read(withPasswordFile(folder.resolve(kind))))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContainingAll("UI_BASIC_AUTH_PASSWORD", reason);
    }

    @Test
    void a_password_in_both_places_stops_the_start(@TempDir Path folder) throws IOException {
        Map<String, String> environment = withPasswordFile(Files.writeString(folder.resolve("password"), "other"));
        environment.put("UI_BASIC_AUTH_PASSWORD", SECRET);

        assertThatThrownBy(() -> read(environment))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("UI_BASIC_AUTH_PASSWORD_FILE=")
                .hasMessageNotContainingAny(SECRET, "other");
    }

    @Test
    void no_password_stands_in_the_settings() {
        assertThat(read(withPassword("HOST", "0.0.0.0")).toString())
                .contains("ALL")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({"gone, true", "GONE, true", "warn, false", "foo, false", "'', false"})
    void old_addresses_are_gone_only_if_that_very_word_says_so(String mode, boolean gone) {
        assertThat(read(Map.of("SKILL_RUNNER_UI_LEGACY_API_MODE", mode)).legacy())
                .isEqualTo(new LegacySettings(gone, "2026-06-30", "/docs/api_reference.md#management-api-recommended"));
    }

    private static Map<String, String> withPasswordFile(Path file) {
        Map<String, String> environment = withPassword("UI_BASIC_AUTH_PASSWORD_FILE", file.toString());
        environment.remove("UI_BASIC_AUTH_PASSWORD");
        return environment;
    }

    private static Map<String, String> withPassword(String name, String value) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "UI_BASIC_AUTH_ENABLED", "true",
                "UI_BASIC_AUTH_USERNAME", "admin",
                "UI_BASIC_AUTH_PASSWORD", SECRET));
        environment.put(name, value);
        return environment;
    }

    private static Settings read(Map<String, String> environment) {
        return Settings.read(environment, Path.of("/opt/skill-runner"), Path.of("/home/somebody"));
    }
}
