package skillrunner.domain.output;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import skillrunner.domain.output.EngineEvent.ModelUsed;
import skillrunner.domain.output.EngineEvent.Usage;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.TokenCount;

import static org.assertj.core.api.Assertions.assertThat;

class EngineTallyTest {
    private static final OutputRange AT = new OutputRange(OutputStreamKind.STDOUT, 0, 1);

    private final EngineTally tally = new EngineTally();

    @Test
    void who_told_nothing_has_no_tokens_rather_than_none() {
        tally.accept(new EngineEvent.TurnBegan(AT));

        assertThat(tally.told()).isEqualTo(EngineTold.NOTHING);
    }

    @Test
    void steps_and_turns_add_up() {
        tally.accept(used(Usage.Span.STEP, 10));
        tally.accept(used(Usage.Span.TURN, 5));

        assertThat(tally.told().tokens()).contains(new TokenCount(15, 17, 19, 21));
    }

    @Test
    void what_is_told_of_the_whole_conversation_holds_what_was_told_before() {
        tally.accept(used(Usage.Span.SESSION, 10));
        tally.accept(used(Usage.Span.SESSION, 12));

        assertThat(tally.told().tokens()).contains(new TokenCount(12, 13, 14, 15));
    }

    @Test
    void each_model_is_kept_once_and_only_the_first_ones() {
        IntStream.range(0, 20).forEach(i -> {
            tally.accept(new ModelUsed(AT, "m" + i));
            tally.accept(new ModelUsed(AT, "m0"));
        });

        assertThat(tally.told().models()).hasSize(EngineTally.MOST_MODELS).startsWith("m0", "m1", "m2");
    }

    @Test
    void what_one_stream_told_counts_before_what_the_other_one_did() {
        EngineTold one = new EngineTold(Optional.of(new TokenCount(1, 0, 1, 0)), List.of());
        EngineTold other = new EngineTold(Optional.of(new TokenCount(2, 0, 2, 0)), List.of("m"));

        assertThat(one.or(other)).isEqualTo(new EngineTold(one.tokens(), other.models()));
    }

    private static Usage used(Usage.Span span, long tokens) {
        return new Usage(AT, span, tokens, tokens + 1, tokens + 2, tokens + 3, OptionalDouble.empty());
    }
}
