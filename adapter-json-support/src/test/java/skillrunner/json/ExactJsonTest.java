package skillrunner.json;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ExactJsonTest {
    private final JsonMapper mapper = ExactJson.mapper().build();

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483648", "-1e-2147483649", "1E99999999999"})
    void a_number_that_fits_into_none_is_a_fault_of_the_text_however_it_is_read(String number) {
        String text = "{\"a\": [" + number + "]}";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        for (JsonMapper reading : List.of(mapper, mapper.rebuild().build())) {
            refused(() -> reading.readTree(text));
            refused(() -> reading.readTree(bytes));
            refused(() -> reading.readTree(new ByteArrayInputStream(bytes)));
            refused(() -> reading.readTree(new StringReader(text)));
            refused(() -> reading.readValue(text, Object.class));
            refused(() -> reading.readerFor(Map.class).readValue(text));
        }
        assertThatThrownBy(() -> mapper.readTree("\n " + text))
                .isInstanceOfSatisfying(NumberOutOfRangeException.class, fault -> {
                    assertThat(fault.getLocation().getLineNr()).isEqualTo(2);
                    assertThat(fault.getLocation().getColumnNr()).isEqualTo(9);
                });
    }

    @Test
    void every_other_number_keeps_all_its_digits() {
        assertThat(mapper.readValue("[1.50, 1e400, 7, 123456789012345678901234567890]", Object.class))
                .isEqualTo(List.of(
                        new BigDecimal("1.50"),
                        new BigDecimal("1e400"),
                        7,
                        new java.math.BigInteger("123456789012345678901234567890")));
        assertThat(mapper.readTree("{\"a\":1.50}")).hasToString("{\"a\":1.50}");
    }

    @Test
    void limits_and_settings_count() {
        JsonMapper narrow = ExactJson.mapper(
                        StreamReadConstraints.builder().maxNestingDepth(2).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();

        assertThat(narrow.readTree("[[]]").isArray()).isTrue();
        assertThatThrownBy(() -> narrow.readTree("[[[]]]")).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> narrow.readTree("{\"a\":1,\"a\":2}")).isInstanceOf(JacksonException.class);
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(NumberOutOfRangeException.class);
    }
}
