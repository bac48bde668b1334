package skillrunner.engines.output;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

class TextTailTest {
    @Test
    void it_keeps_the_end_of_what_it_was_fed() {
        Seeds.tryOn(500, draws -> {
            List<String> pieces = draws.list(
                    0, 20, () -> String.join("", draws.list(0, 12, () -> draws.of("a", "b", "c", "x", "y", "z"))));
            int limit = draws.between(1, 16);
            TextTail tail = new TextTail(limit);
            for (String piece : pieces) {
                byte[] bytes = (piece + "rest of the buffer").getBytes(StandardCharsets.US_ASCII);
                tail.feed(bytes, piece.length());
            }

            String whole = String.join("", pieces);
            assertThat(tail.text()).isEqualTo(whole.substring(Math.max(0, whole.length() - limit)));
            assertThat(tail.isCut()).isEqualTo(whole.length() > limit);
        });
    }
}
