package skillrunner.http.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BodyWeightTest {
    /** How many times its length each shape was measured to need, tree and plain values together. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {},                     | 49
                    [],                     | 35
                    {"a":1},                | 51
                    0.5,                    | 17
                    "a",                    | 19
                    [[[[[[[[[[]]]]]]]]]],   | 84
                    """)
    void small_values_weigh_what_they_were_measured_to_need(String shape, int times) {
        String body = "[" + shape.repeat(1_000) + "1]";

        assertThat(weight(false, body)).isBetween((long) times * body.length(), 3L * times * body.length());
    }

    @Test
    void a_text_weighs_a_few_times_its_length_whatever_it_holds() {
        String text = "{\"a\":\"" + "[{,:\\\"\\\\".repeat(1_000) + "\"}";

        assertThat(weight(false, text)).isBetween(4L * text.length(), 4L * text.length() + 1_000);
        assertThat(weight(true, text)).isEqualTo(4L * text.length());
    }

    @Test
    void fields_of_a_form_weigh_more_than_their_bytes_and_quotes_hide_none() {
        assertThat(weight(true, "\"" + "a&".repeat(1_000))).isGreaterThan(200_000);
    }

    @Test
    void a_text_may_come_in_pieces_cut_anywhere() {
        BodyWeight weight = new BodyWeight(false);
        for (String piece : new String[] {"[\"a", "\\", "\"[[", "\"", ",[]]"}) {
            weight.add(bytes(piece));
        }

        assertThat(weight.bytes()).isEqualTo(weight(false, "[\"a\\\"[[\",[]]"));
    }

    private static long weight(boolean form, String body) {
        BodyWeight weight = new BodyWeight(form);
        weight.add(bytes(body));
        return weight.bytes();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
