package skillrunner.domain.upgrade;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UpgradeTextTest {
    private static final int MOST = UpgradeText.MOST_BYTES;

    @Test
    void a_text_up_to_the_limit_stays_as_it_is() {
        String text = "x".repeat(MOST);

        assertThat(UpgradeText.capped("")).isEmpty();
        assertThat(UpgradeText.capped(text)).isEqualTo(text);
    }

    @Test
    void of_a_longer_text_the_end_is_kept_and_the_first_line_counts_what_is_gone() {
        assertThat(UpgradeText.capped("abc" + "x".repeat(MOST))).isEqualTo("[… 3 bytes cut]\n" + "x".repeat(MOST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "汉", "😀"})
    void no_character_is_cut_in_two(String character) {
        int size = character.getBytes(StandardCharsets.UTF_8).length;
        String text = character.repeat(MOST / size) + "x".repeat(size + 1);

        String capped = UpgradeText.capped(text);

        String kept = capped.substring(capped.indexOf('\n') + 1);
        int gone = text.getBytes(StandardCharsets.UTF_8).length - kept.getBytes(StandardCharsets.UTF_8).length;
        assertThat(text).endsWith(kept);
        assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(MOST - size, MOST);
        assertThat(capped).startsWith("[… " + gone + " bytes cut]\n" + character);
    }

    @Test
    void a_text_whose_beginning_is_gone_says_so() {
        assertThat(UpgradeText.ending("end", 0)).isEqualTo("end");
        assertThat(UpgradeText.ending("end", 52_428_800)).isEqualTo("[… 52428800 bytes cut]\nend");
        assertThat(UpgradeText.ending("a" + "x".repeat(MOST), 4)).startsWith("[… 5 bytes cut]\nx");
    }

    @Test
    void cutting_again_changes_nothing() {
        String once = UpgradeText.capped("汉".repeat(MOST));

        assertThat(UpgradeText.capped(once)).isEqualTo(once);
        assertThat(UpgradeText.capped("[… 99999999999999999999 bytes cut]\nx"))
                .isEqualTo("[… 99999999999999999999 bytes cut]\nx");
    }

    @Test
    void every_result_is_cut() {
        String text = "x".repeat(MOST + 1);

        EngineUpgradeResult result = EngineUpgradeResult.failed(text, text, "error", Optional.empty());

        assertThat(result.stdout()).startsWith("[… 1 bytes cut]\n");
        assertThat(result.stderr()).startsWith("[… 1 bytes cut]\n");
    }
}
