package skillrunner.domain.run;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StallPolicyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0  | 0 | Please log in | ",
                "19 | 0 | Please log in | ",
                "20 | 0 | Please log in | WAITS_ON_AUTH",
                "20 | 0 | 请先登录 | WAITS_ON_AUTH",
                "20 | 0 | Visit this URL and enter the authorization code | WAITS_ON_AUTH",
                "20 | 0 | Do you want to allow this command? [y/N] | PERMISSION_PROMPT",
                "20 | 0 | Would you like to proceed? (y/n) | PERMISSION_PROMPT",
                "20 | 0 | waiting for your approval | PERMISSION_PROMPT",
                "20 | 0 | 是否允许执行该命令 | PERMISSION_PROMPT",
                "20 | 0 | HTTP 429: slow down | RATE_LIMITED",
                "20 | 0 | Rate limit reached, retrying in 60s | RATE_LIMITED",
                "20 | 0 | RESOURCE_EXHAUSTED | RATE_LIMITED",
                "20 | 0 | 请求过于频繁 | RATE_LIMITED",
                "20 | 0 | getaddrinfo ENOTFOUND api.example | NO_NETWORK",
                "20 | 0 | stream disconnected before completion | NO_NETWORK",
                "20 | 0 | Reconnecting... 2/5 | NO_NETWORK",
                "20 | 0 | 网络超时 | NO_NETWORK",
                "20 | 0 | I write the file now | ENGINE_BUSY",
                "20 | 0 | '' | ENGINE_BUSY",
                "20 | 4 | Please log in | WAITS_ON_AUTH",
                "20 | 5 | Please log in | ENGINE_BUSY",
                "400 | 100 | HTTP 429 | ENGINE_BUSY",
                "400 | 99 | HTTP 429 | RATE_LIMITED"
            })
    void words_silence_and_computing_decide(long silent, long computed, String lastWords, StallKind kind) {
        StallPolicy.Facts facts = new StallPolicy.Facts(
                Duration.ofSeconds(silent), Optional.of(Duration.ofSeconds(computed)), StallPolicy.said(lastWords));

        assertThat(StallPolicy.kind(facts)).isEqualTo(Optional.ofNullable(kind));
    }

    @Test
    void where_the_machine_tells_no_cpu_time_words_decide() {
        StallPolicy.Facts facts = new StallPolicy.Facts(
                Duration.ofMinutes(5), Optional.empty(), StallPolicy.said("connection refused\nPlease log in"));

        assertThat(StallPolicy.kind(facts)).contains(StallKind.WAITS_ON_AUTH);
    }

    @Test
    void a_warning_comes_within_half_a_minute() {
        assertThat(StallPolicy.SILENCE).isLessThan(Duration.ofSeconds(25));
    }

    @Test
    void every_kind_has_a_name_on_the_wire() {
        assertThat(StallKind.values())
                .extracting(StallKind::wire)
                .containsExactly("waits_on_auth", "permission_prompt", "no_network", "rate_limited", "engine_busy");
    }
}
