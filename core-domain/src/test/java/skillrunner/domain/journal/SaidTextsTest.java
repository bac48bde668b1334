package skillrunner.domain.journal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SaidTextsTest {
    @Test
    void what_was_said_is_known_again_whatever_its_length() {
        SaidTexts texts = new SaidTexts(10);
        String large = "é".repeat(1_000_000);

        assertThat(texts.contains("short")).isFalse();
        texts.add("short");
        texts.add(large);

        assertThat(texts.contains("short")).isTrue();
        assertThat(texts.contains(large)).isTrue();
        assertThat(texts.contains(large + "x")).isFalse();
        assertThat(texts.contains("é".repeat(999_999))).isFalse();
    }

    @Test
    void of_very_many_texts_the_first_ones_are_remembered() {
        SaidTexts texts = new SaidTexts(2);

        texts.add("one");
        texts.add("one");
        texts.add("two");
        texts.add("three");

        assertThat(texts.contains("one")).isTrue();
        assertThat(texts.contains("two")).isTrue();
        assertThat(texts.contains("three")).isFalse();
    }
}
