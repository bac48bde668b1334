package skillrunner.http.run;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;

class JsonDocumentTest {
    private static final RunFixtures FIXTURES = new RunFixtures();

    private static final Run RUN = succeeded();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"success\"}",
                " {\"a\":[1,{\"b\":\"}\"}],\"status\":\"success\"}\n",
                "{\"status\":\"success\",\"a\":\"\\u0000\\\"\"}"
            })
    void one_whole_object_with_the_word_of_the_run_is_its_result(String text) {
        assertThat(JsonDocument.says(stored(text), RUN)).isTrue();
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
        assertThat(JsonDocument.says(stored(text), RUN)).isFalse();
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
        assertThat(JsonDocument.says(stored(text), RUN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void what_is_not_in_utf_8_would_too(String charset) {
        assertThat(JsonDocument.says(stored("{\"status\":\"success\"}".getBytes(Charset.forName(charset))), RUN))
                .isFalse();
        assertThat(JsonDocument.says(stored("\uFEFF{\"status\":\"success\"}".getBytes(StandardCharsets.UTF_8)), RUN))
                .isFalse();
    }

    @Test
    void a_whole_result_of_another_run_is_not_believed() {
        assertThat(JsonDocument.says(result(RUN.id()), RUN)).isTrue();
        assertThat(JsonDocument.says(result(succeeded().id()), RUN)).isFalse();
        assertThat(JsonDocument.says(stored("{\"status\":\"success\",\"run_id\":null}"), RUN))
                .isFalse();
    }

    private static Run succeeded() {
        return FIXTURES.queuedRun(FIXTURES.awaitingRequest())
                .taken(RunFixtures.LEASE, RunFixtures.NOW)
                .after()
                .succeeded(List.of(), RunFixtures.NOW)
                .after();
    }

    private static StoredBytes result(RunId run) {
        return stored("{\"run_id\":\"" + run + "\",\"status\":\"success\"}");
    }

    /** Each character is one byte. */
    private static StoredBytes stored(String text) {
        return stored(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static StoredBytes stored(byte[] bytes) {
        return new StoredBytes(
                bytes.length, (from, length) -> new ByteArrayInputStream(bytes, (int) from, (int) length));
    }
}
