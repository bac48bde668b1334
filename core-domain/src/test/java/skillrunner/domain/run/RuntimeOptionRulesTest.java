package skillrunner.domain.run;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.skill.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RuntimeOptionRulesTest {
    private static final int DEFAULT = 1200;

    @Test
    void a_client_that_gives_none_gets_the_defaults() {
        assertThat(read(Map.of()))
                .isEqualTo(new RuntimeOptions(
                        ExecutionMode.AUTO, Optional.empty(), DEFAULT, Optional.empty(), false, false, false, 0));
    }

    @Test
    void every_option_is_read() {
        assertThat(read(Map.of(
                        "execution_mode",
                        "interactive",
                        "interactive_require_user_reply",
                        false,
                        "session_timeout_sec",
                        7,
                        "hard_timeout_seconds",
                        8,
                        "no_cache",
                        true,
                        "debug",
                        true,
                        "debug_keep_temp",
                        true,
                        "verbose",
                        2)))
                .isEqualTo(new RuntimeOptions(
                        ExecutionMode.INTERACTIVE, Optional.of(false), 7, Optional.of(8), true, true, true, 2));
    }

    @Test
    void normalised_options_read_back_as_themselves() {
        RuntimeOptions options = new RuntimeOptions(
                ExecutionMode.INTERACTIVE, Optional.of(true), 7, Optional.of(8), true, true, true, 1);

        assertThat(RuntimeOptionRules.read(options.toWire(), 1)).isEqualTo(options);
        assertThat(read(Map.of()).toWire())
                .containsExactly(Map.entry("execution_mode", "auto"), Map.entry("session_timeout_sec", DEFAULT));
    }

    @Test
    void a_required_reply_matters_in_interactive_mode_only() {
        assertThat(read(Map.of("interactive_require_user_reply", false)).requireUserReply())
                .isEmpty();
        assertThat(read(Map.of("execution_mode", "interactive")).requireUserReply())
                .contains(true);
    }

    @Test
    void unknown_options_are_named_in_order_and_escaped() {
        Refusal refusal = refused(Map.of("zeta", 1, "a/b~c", 2));

        assertThat(refusal.code()).isEqualTo(ErrorCode.REQUEST_INVALID);
        assertThat(refusal.detail()).isEqualTo("Unknown runtime_options: a/b~c, zeta");
        assertThat(refusal.errors())
                .extracting(FieldError::pointer)
                .containsExactly("/runtime_options/a~1b~0c", "/runtime_options/zeta");
    }

    @Test
    void every_wrong_place_is_named_at_once() {
        Refusal refusal = refused(Map.of("verbose", 3, "debug", "yes", "execution_mode", "AUTO"));

        assertThat(refusal.errors())
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder(
                        "/runtime_options/verbose", "/runtime_options/debug", "/runtime_options/execution_mode");
    }

    static Stream<Object> goodSeconds() {
        return Stream.of(9, 9L, BigInteger.valueOf(9), new BigDecimal("9"), new BigDecimal("9.0"), "9", " 9 ", 9.0);
    }

    @ParameterizedTest
    @MethodSource("goodSeconds")
    void positive_whole_seconds_are_taken(Object value) {
        assertThat(read(Map.of("session_timeout_sec", value)).sessionTimeoutSeconds())
                .isEqualTo(9);
        assertThat(read(Map.of("hard_timeout_seconds", value)).hardTimeoutSeconds())
                .contains(9);
    }

    static Stream<Object> badSeconds() {
        return Stream.of(
                0,
                -1,
                1.5,
                "1.5",
                "",
                "ten",
                true,
                List.of(9),
                Map.of(),
                Double.NaN,
                Double.POSITIVE_INFINITY,
                2_147_483_648L,
                new BigInteger("9".repeat(50)),
                "1e11",
                new BigDecimal("1e-3"));
    }

    @ParameterizedTest
    @MethodSource("badSeconds")
    void anything_else_is_no_timeout(Object value) {
        for (String key : List.of(
                "session_timeout_sec",
                "interactive_wait_timeout_sec",
                "hard_wait_timeout_sec",
                "wait_timeout_sec",
                "hard_timeout_seconds")) {
            assertThat(refused(Map.of(key, value)).errors())
                    .extracting(FieldError::pointer)
                    .containsExactly("/runtime_options/" + key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "1e2147483647", "0e999999999", "9e99999999"})
    void a_number_with_a_huge_exponent_is_refused_without_writing_it_out(String value) {
        assertThat(refused(Map.of("session_timeout_sec", value)).errors()).hasSize(1);
        assertThat(refused(Map.of("session_timeout_sec", new BigDecimal(value))).errors())
                .hasSize(1);
    }

    @Test
    void null_is_absent_where_there_is_a_default_but_no_session_timeout() {
        Map<String, Object> nulls = new HashMap<>();
        List.of(
                        "execution_mode",
                        "interactive_require_user_reply",
                        "no_cache",
                        "debug",
                        "verbose",
                        "hard_timeout_seconds")
                .forEach(key -> nulls.put(key, null));
        assertThat(read(nulls)).isEqualTo(read(Map.of()));

        nulls.put("session_timeout_sec", null);
        assertThat(refused(nulls).errors())
                .extracting(FieldError::pointer)
                .containsExactly("/runtime_options/session_timeout_sec");
    }

    @Test
    void older_names_of_the_session_timeout_count_by_their_rank() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("wait_timeout_sec", 1);
        assertThat(read(given).sessionTimeoutSeconds()).isEqualTo(1);
        given.put("hard_wait_timeout_sec", 2);
        assertThat(read(given).sessionTimeoutSeconds()).isEqualTo(2);
        given.put("interactive_wait_timeout_sec", 3);
        assertThat(read(given).sessionTimeoutSeconds()).isEqualTo(3);
        given.put("session_timeout_sec", 4);
        assertThat(read(given).sessionTimeoutSeconds()).isEqualTo(4);
    }

    @Test
    void an_older_name_that_loses_is_still_checked() {
        assertThat(refused(Map.of("session_timeout_sec", 4, "wait_timeout_sec", 0))
                        .errors())
                .extracting(FieldError::pointer)
                .containsExactly("/runtime_options/wait_timeout_sec");
    }

    @Test
    void verbose_is_a_flag_or_a_level() {
        assertThat(read(Map.of("verbose", false)).verbose()).isZero();
        assertThat(read(Map.of("verbose", true)).verbose()).isEqualTo(1);
        assertThat(read(Map.of("verbose", 2)).verbose()).isEqualTo(2);
        assertThat(refused(Map.of("verbose", "2")).errors()).hasSize(1);
        assertThat(refused(Map.of("verbose", 1.5)).errors()).hasSize(1);
    }

    private static RuntimeOptions read(Map<String, Object> given) {
        return RuntimeOptionRules.read(given, DEFAULT);
    }

    private static Refusal refused(Map<String, Object> given) {
        return catchThrowableOfType(RefusedException.class, () -> read(given)).refusal();
    }
}
