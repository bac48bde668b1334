package skillrunner.engines.output;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

import static org.assertj.core.api.Assertions.assertThat;

class TextTailTest {
    @Property(tries = 500)
    void it_keeps_the_end_of_what_it_was_fed(
            @ForAll @Size(max = 20) List<@StringLength(max = 12) @CharRange(from = 'a', to = 'z') String> pieces,
            @ForAll @IntRange(min = 1, max = 16) int limit) {
        TextTail tail = new TextTail(limit);
        for (String piece : pieces) {
            byte[] bytes = (piece + "rest of the buffer").getBytes(StandardCharsets.US_ASCII);
            tail.feed(bytes, piece.length());
        }

        String whole = String.join("", pieces);
        assertThat(tail.text()).isEqualTo(whole.substring(Math.max(0, whole.length() - limit)));
        assertThat(tail.isCut()).isEqualTo(whole.length() > limit);
    }
}
