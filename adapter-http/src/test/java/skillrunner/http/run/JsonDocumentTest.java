package skillrunner.http.run;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.storage.StoredBytes;

import static org.assertj.core.api.Assertions.assertThat;

class JsonDocumentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"success\"}",
                " {\"a\":[1,{\"b\":\"}\"}],\"status\":\"success\"}\n",
                "{\"status\":\"success\",\"a\":\"\\u0000\\\"\"}"
            })
    void one_whole_object_with_the_word_of_the_run_is_its_result(String text) {
        assertThat(JsonDocument.says(stored(text), "success")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\":\"failed\"}",
                "{\"status\":[\"success\"]}",
                "{\"data\":{\"status\":\"success\"}}",
                "{\"status\":{\"status\":\"success\"},\"a\":1}"
            })
    void an_object_that_says_otherwise_is_not(String text) {
        assertThat(JsonDocument.says(stored(text), "success")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "\"{}\"",
                "{\"status\":\"success\"",
                "{\"status\":\"success\",\"a\":1",
                "{\"status\":\"success\",\"a\":\"",
                "{\"status\":\"success\"}}",
                "{\"status\":\"success\"} {}",
                "{\"status\":\"success\"},\"x\":1",
                "{\"status\":\"success\",\"a\":[}",
                "{\"status\":\"success\",a:1}",
                "{\"status\":\"success\",\"a\":\"\n\"}",
                "{\"status\":\"success\",\"a\":\"\u00ff\"}"
            })
    void anything_else_would_break_the_answer_around_it(String text) {
        assertThat(JsonDocument.says(stored(text), "success")).isFalse();
    }

    /** Each character is one byte. */
    private static StoredBytes stored(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new StoredBytes(
                bytes.length, (from, length) -> new ByteArrayInputStream(bytes, (int) from, (int) length));
    }
}
