package skillrunner.http.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import skillrunner.http.WireFormat;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class JsonPiecesTest {
    @Test
    void an_object_without_members_is_empty() throws IOException {
        assertThat(new JsonPieces().stream().readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{}");
    }

    @Test
    void members_stand_in_their_order() throws IOException {
        InputStream document = new JsonPieces()
                        .member("a\"b", 1)
                        .member("none", null)
                        .json("json", bytes("{\"x\":[]}".getBytes(StandardCharsets.UTF_8)))
                        .text(
                                "text",
                                bytes("line\n\"quoted\" \\ \t\u0000\u001b\u2028".getBytes(StandardCharsets.UTF_8)))
                        .member("last", false)
                        .stream();

        JsonNode read = WireFormat.mapper().readTree(document.readAllBytes());
        assertThat(read.propertyNames()).containsExactly("a\"b", "none", "json", "text", "last");
        assertThat(read.get("none").isNull()).isTrue();
        assertThat(read.at("/json/x").isArray()).isTrue();
        assertThat(read.get("text").stringValue()).isEqualTo("line\n\"quoted\" \\ \t\u0000\u001b\u2028");
    }

    @Test
    void no_character_is_cut_wherever_a_piece_ends() throws IOException {
        for (String character : List.of("é", "€", "🙂", "\u0001")) {
            for (int offset = 0; offset < 8; offset++) {
                String text = "x".repeat(offset) + character.repeat(10_000);
                assertThat(through(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
            }
        }
    }

    @Test
    void bytes_that_are_no_text_become_what_a_lenient_decoder_makes_of_them() throws IOException {
        Random random = new Random(20261128);
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[random.nextInt(20_000)];
            random.nextBytes(noise);
            assertThat(through(noise)).as("round " + round).isEqualTo(new String(noise, StandardCharsets.UTF_8));
        }
    }

    private static String through(byte[] text) throws IOException {
        byte[] document = new JsonPieces().text("t", bytes(text)).stream().readAllBytes();
        return WireFormat.mapper().readTree(document).get("t").stringValue();
    }

    private static InputStream bytes(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
