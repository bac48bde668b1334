package skillrunner.commandline.server;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class JsonTest {
    private static final JsonMapper LIBRARY = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "-0",
                "[]",
                "{\"a\":{}}",
                "[1,2147483648,9223372036854775808,-9223372036854775808]",
                "[1.0,1.50,1e3,0.1e-7,-0.0,12345678901234567890.123]",
                "{\"a\":1,\"b\":[false,null,\"\\u00e9\\ud83d\\ude00\"],\"a\":2}"
            })
    void readsTheTreeThatTheLibraryWouldMake(String text) {
        assertThat(Json.read(text)).isEqualTo(LIBRARY.readTree(text));
        assertThat(Json.read(text)).hasToString(LIBRARY.readTree(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[1,", "[1]]", "1 2", "{\"a\" 1}", "{1:2}", "nul", "NaN", "[,]", "1e2147483648", "'a'"})
    void readsNothingElse(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(JacksonException.class);
    }

    @Test
    void takesOnlySoManyValuesAndLevels() {
        String many = "[" + "1,".repeat(2_000_000) + "1]";
        String deep = "[".repeat(100_000);

        assertThatThrownBy(() -> Json.read(many)).isInstanceOf(StreamConstraintsException.class);
        assertThatThrownBy(() -> Json.read(deep)).isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void tellsAnIntegerAsItIsWritten() {
        IntStream.of(0, -7, Integer.MAX_VALUE)
                .forEach(number -> assertThat(Document.text(Json.read("{\"n\":" + number + "}"), "n"))
                        .isEqualTo(Integer.toString(number)));
        assertThat(Document.text(Json.read("{\"n\":9223372036854775808}"), "n")).isEqualTo("9223372036854775808");
        assertThat(Document.text(Json.read("{\"n\":1.50}"), "n")).isEqualTo("1.50");
    }
}
