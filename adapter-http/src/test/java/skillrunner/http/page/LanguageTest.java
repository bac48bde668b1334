package skillrunner.http.page;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zh-CN,zh;q=0.9,en;q=0.8 | CHINESE",
                "en-US,en;q=0.9,zh;q=0.8 | ENGLISH",
                "fr, zh-TW;q=0.5, en;q=0.4 | CHINESE",
                "en;q=0.2, zh-Hans;q=0.7 | CHINESE",
                "zh;q=0, en | ENGLISH",
                "fr-FR | ENGLISH",
                "*** | ENGLISH",
                "en;q=high | ENGLISH"
            })
    void the_best_of_what_a_browser_understands_is_spoken(String header, Language expected) {
        assertThat(Language.negotiate(header)).isEqualTo(expected);
    }

    @Test
    void english_is_spoken_to_whoever_says_nothing() {
        assertThat(Language.negotiate(null)).isEqualTo(Language.ENGLISH);
        assertThat(Language.negotiate(" ")).isEqualTo(Language.ENGLISH);
    }
}
