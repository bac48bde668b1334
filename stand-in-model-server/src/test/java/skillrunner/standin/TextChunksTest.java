package skillrunner.standin;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextChunksTest {

    @Test
    void the_chunks_add_up_to_the_text() {
        String text = "0123456789abcdef".repeat(3) + "end";

        assertThat(TextChunks.of(text)).hasSize(4);
        assertThat(String.join("", TextChunks.of(text))).isEqualTo(text);
    }

    @Test
    void no_text_has_no_chunks() {
        assertThat(TextChunks.of("")).isEmpty();
    }

    @Test
    void a_long_text_has_few_chunks() {
        assertThat(TextChunks.of("x".repeat(1_000_000))).hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void no_character_is_cut_in_two() {
        assertThat(TextChunks.of("x" + "\uD83D\uDE00".repeat(40)))
                .allSatisfy(chunk -> assertThat(Character.isHighSurrogate(chunk.charAt(chunk.length() - 1)))
                        .isFalse());
    }
}
