package skillrunner.domain.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RenewalPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // seconds to the end of access, unanswered, refused, seconds it is left alone, due
        "        ,       false,      false,   ,    false",
        "    3600,       false,      false,   ,    false",
        "     601,       false,      false,   ,    false",
        "     600,       false,      false,   ,    true",
        "       0,       false,      false,   ,    true",
        "   -9000,       false,      false,   ,    true",
        "     600,       false,      true,    ,    false",
        "     600,       false,      false,   1,   false",
        "     600,       false,      false,   0,   true",
        "    3600,       true,       false,   ,    true",
        "        ,       true,       false,   ,    true",
        "    3600,       true,       false,   1,   false",
        "    3600,       true,       true,    ,    false",
    })
    void a_token_is_spent_when_its_access_ends_soon_or_an_answer_was_lost(
            Long ends, boolean unanswered, boolean refused, Long alone, boolean due) {
        RenewalFacts facts = new RenewalFacts(in(ends), unanswered, refused, in(alone));

        assertThat(RenewalPolicy.isDue(facts, NOW)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant,             ",
        "401, Refresh_Token_Expired,     ",
        "401, refresh_token_reused,      ",
        "401, refresh_token_invalidated, ",
        "401, unauthorized_client,       NOT_FROM_HERE",
        "400, ,                          NOT_FROM_HERE",
        "404, ,                          NOT_FROM_HERE",
        "408, ,                          BUSY",
        "429, invalid_grant,             BUSY",
        "500, invalid_grant,             UNKNOWN",
        "503, ,                          UNKNOWN",
        "200, ,                          UNKNOWN",
        "302, ,                          UNKNOWN",
    })
    void only_a_providers_own_word_ends_a_token(int status, String code, RenewalSetback setback) {
        assertThat(RenewalPolicy.setback(status, Optional.ofNullable(code))).isEqualTo(Optional.ofNullable(setback));
    }

    @Test
    void what_may_have_been_used_is_repeated_soonest() {
        assertThat(RenewalSetback.values())
                .filteredOn(each -> !each.isUnanswered())
                .allSatisfy(each -> assertThat(each.pause()).isGreaterThan(RenewalSetback.UNKNOWN.pause()));
        assertThat(RenewalSetback.UNKNOWN.pause()).isLessThan(Duration.ofSeconds(30));
    }

    private static Optional<Instant> in(Long seconds) {
        return Optional.ofNullable(seconds).map(NOW::plusSeconds);
    }
}
