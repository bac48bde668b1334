package skillrunner.http.run;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.storage.StoredBytes;

import static org.assertj.core.api.Assertions.assertThat;

class JsonDocumentTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", " {\"a\":[1,{\"b\":\"}\"}]}\n", "{\"a\":\"\\u0000\\\"\"}"})
    void one_whole_object_is_a_result(String text) {
        assertThat(JsonDocument.isObject(stored(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "\"{}\"",
                "{",
                "{\"a\":1",
                "{\"a\":\"",
                "{}}",
                "{} {}",
                "{},\"x\":1",
                "{\"a\":[}",
                "{a:1}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\u00ff\"}"
            })
    void anything_else_would_break_the_answer_around_it(String text) {
        assertThat(JsonDocument.isObject(stored(text))).isFalse();
    }

    /** Each character is one byte. */
    private static StoredBytes stored(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new StoredBytes(
                bytes.length, (from, length) -> new ByteArrayInputStream(bytes, (int) from, (int) length));
    }
}
