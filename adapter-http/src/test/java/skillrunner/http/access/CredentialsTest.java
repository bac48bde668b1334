package skillrunner.http.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CredentialsTest {
    private static final Credentials ADMIN = Credentials.of("admin", "two:colons: and a space ");

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC ", "bAsIc   "})
    void the_scheme_is_read_in_any_case(String scheme) {
        assertThat(ADMIN.accept(scheme + base64("admin:two:colons: and a space ")))
                .isTrue();
    }

    @Test
    void padding_may_be_left_out() {
        assertThat(ADMIN.accept(
                        "Basic " + base64("admin:two:colons: and a space ").replace("=", "")))
                .isTrue();
    }

    @Test
    void a_password_may_hold_any_character() {
        assertThat(Credentials.of("管理员", "пароль 🔑").accept("Basic " + base64("管理员:пароль 🔑")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "admin:two:colons: and a space",
                "admin:two",
                "admin:",
                "admin: two:colons: and a space ",
                "Admin:two:colons: and a space ",
                ":two:colons: and a space ",
                "admin two:colons: and a space ",
                "root:two:colons: and a space ",
                ":",
                "admin"
            })
    void other_names_and_passwords_are_wrong(String pair) {
        assertThat(ADMIN.accept("Basic " + base64(pair))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic ",
                "Basic %%%",
                "Basic =",
                "Basic YWRtaW46",
                "Basicx YWRtaW46eA==",
                "Bearer x",
                "Digest username=\"admin\"",
                "YWRtaW46eA=="
            })
    void what_can_not_be_read_is_wrong(String header) {
        assertThat(ADMIN.accept(header)).isFalse();
    }

    @Test
    void bytes_that_are_no_utf_8_are_wrong_even_if_a_lenient_reader_would_take_them() {
        byte[] bytes = "a:?".getBytes(StandardCharsets.ISO_8859_1);
        bytes[2] = (byte) 0xff;

        assertThat(Credentials.of("a", "\uFFFD")
                        .accept("Basic " + Base64.getEncoder().encodeToString(bytes)))
                .isFalse();
    }

    @Test
    void nothing_of_them_can_be_printed() {
        AccessRule rule = new AccessRule(AccessScope.ALL, Credentials.of("somebody", "hunter2"));

        assertThat(rule.toString()).contains("ALL").doesNotContain("hunter2").doesNotContain("somebody");
    }

    @ParameterizedTest
    @CsvSource({"'',x", "a:b,x", "a,''"})
    void what_no_header_could_carry_is_refused(String username, String password) {
        assertThatThrownBy(() -> Credentials.of(username, password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("x");
    }

    @Test
    void scopes_are_read_as_they_are_written() {
        assertThat(AccessScope.parse("UI")).contains(AccessScope.UI);
        assertThat(AccessScope.parse(AccessScope.ALL.wire())).contains(AccessScope.ALL);
        assertThat(AccessScope.parse("some")).isEmpty();
    }

    private static String base64(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
