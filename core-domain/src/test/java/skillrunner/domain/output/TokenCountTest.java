package skillrunner.domain.output;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import skillrunner.domain.output.EngineEvent.Usage;
import skillrunner.domain.run.OutputStreamKind;

import static org.assertj.core.api.Assertions.assertThat;

class TokenCountTest {
    private static final OutputRange AT = new OutputRange(OutputStreamKind.STDOUT, 0, 1);

    @Test
    void steps_and_turns_add_up() {
        TokenCount first = TokenCount.of(Optional.empty(), told(Usage.Span.STEP, 10));
        TokenCount second = TokenCount.of(Optional.of(first), told(Usage.Span.TURN, 5));

        assertThat(second).isEqualTo(new TokenCount(15, 17, 19, 21));
    }

    @Test
    void what_is_told_of_the_whole_conversation_holds_what_was_told_before() {
        TokenCount first = TokenCount.of(Optional.empty(), told(Usage.Span.SESSION, 10));

        assertThat(TokenCount.of(Optional.of(first), told(Usage.Span.SESSION, 12)))
                .isEqualTo(new TokenCount(12, 13, 14, 15));
    }

    private static Usage told(Usage.Span span, long tokens) {
        return new Usage(AT, span, tokens, tokens + 1, tokens + 2, tokens + 3, OptionalDouble.empty());
    }
}
