package skillrunner.http.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.http.WireFormat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class CutTextsTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("{'a':'abcdefghij','b':7}", "{'a':'abcd…','b':7}"),
                Arguments.of("{'a':'abcd','b':['x','vwxyz']}", "{'a':'abcd','b':['x','vwxy…']}"),
                Arguments.of("{'a':'abc\\n\\'xyz','b':''}", "{'a':'abc\\n…','b':''}"),
                Arguments.of("{'a':'abc\\u0041xyz'}", "{'a':'abc\\u0041…'}"),
                Arguments.of("{'a':'abc中文字'}", "{'a':'abc中…'}"),
                Arguments.of("{'a':'abc😀😀'}", "{'a':'abc😀…'}"),
                Arguments.of("{'abcdef':'','c':null}", "{'abcd…':'','c':null}"),
                Arguments.of("[1.5e300,true,'\\\\\\\\\\\\',3]", "[1.5e300,true,'\\\\\\\\…',3]"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_is_cut_between_characters_and_nothing_else_changes(String json, String cut) throws IOException {
        assertThat(read(json.replace('\'', '"'), 4)).isEqualTo(cut.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 1_000})
    void what_is_short_stays_as_it_is(int longest) throws IOException {
        String json = "{\"a\":\"中\\n\\\"\\u0041\\\\\",\"b\":[{},\"\",-0.5]}";

        assertThat(read(json, longest)).isEqualTo(json);
    }

    @Test
    void a_text_that_has_no_end_ends_with_the_document() throws IOException {
        assertThat(read("{\"a\":\"abcdefgh\\", 4)).startsWith("{\"a\":\"abcd…");
    }

    @Test
    void what_was_cut_is_still_read_as_json() throws IOException {
        String json = "{\"text\":\"" + "x\\\"\\u00e9中\\\\".repeat(50_000) + "\",\"raw_ref\":{\"byte_to\":12}}";

        Map<?, ?> row = WireFormat.mapper().readValue(read(json, 1_000), Map.class);

        assertThat(String.valueOf(row.get("text")))
                .startsWith("x\"é中\\x")
                .endsWith("…")
                .hasSizeBetween(300, 1_001);
        assertThat(row.get("raw_ref")).isEqualTo(Map.of("byte_to", 12));
    }

    private static String read(String json, int longest) throws IOException {
        try (CutTexts cut = new CutTexts(new ByteArrayInputStream(json.getBytes(UTF_8)), longest)) {
            return new String(cut.readAllBytes(), UTF_8);
        }
    }
}
