package skillrunner.domain.model;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is known of an engine that is asked for its models. */
class LiveModelsTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.9Z");
    private static final ModelEntry GPT = ModelEntry.provided("openai", "gpt-5", "seed_fallback");
    private static final ModelEntry NANO = ModelEntry.provided("opencode", "nano", "runtime_probe_cache");
    private static final ModelEntry BIG = ModelEntry.provided("opencode", "big", "runtime_probe_cache");

    private final LiveModels seeded = LiveModels.seeded(List.of(GPT));

    @Test
    void an_answer_replaces_the_seed_and_is_sorted_without_doubles() {
        LiveModels live = seeded.answered(List.of(NANO, BIG, NANO), NOON);

        assertThat(live.models()).containsExactly(BIG, NANO);
        assertThat(live.providers()).containsExactly("opencode");
        assertThat(live.status()).isEqualTo(LiveModels.Status.READY);
        assertThat(live.updatedAt()).isEqualTo("2026-01-02T12:00:00Z");
        assertThat(live.lastAttemptAt()).contains(Instant.parse("2026-01-02T12:00:00Z"));
        assertThat(live.doubt()).isEmpty();
    }

    @Test
    void a_failure_after_an_answer_keeps_the_models_and_their_time() {
        LiveModels live = seeded.answered(List.of(NANO), NOON).failed("exited with code 1: x", NOON.plusSeconds(60));

        assertThat(live.models()).containsExactly(NANO);
        assertThat(live.status()).isEqualTo(LiveModels.Status.STALE_CACHE);
        assertThat(live.updatedAt()).isEqualTo("2026-01-02T12:00:00Z");
        assertThat(live.lastAttemptAt()).contains(Instant.parse("2026-01-02T12:01:00Z"));
        assertThat(live.doubt()).contains("exited with code 1: x");
    }

    @Test
    void without_any_answer_the_seed_stays_and_is_doubted() {
        assertThat(seeded.doubt()).contains("seed_fallback");

        LiveModels live = seeded.failed("CLI not found", NOON);

        assertThat(live.models()).containsExactly(GPT);
        assertThat(live.status()).isEqualTo(LiveModels.Status.SEED_FALLBACK);
        assertThat(live.updatedAt()).isEqualTo(Instant.EPOCH);
        assertThat(live.doubt()).contains("CLI not found");
    }

    @Test
    void an_empty_answer_is_a_failure() {
        LiveModels live = seeded.answered(List.of(NANO), NOON).answered(List.of(), NOON);

        assertThat(live.models()).containsExactly(NANO);
        assertThat(live.lastError()).contains("empty output");
    }

    @Test
    void an_answer_after_a_failure_clears_the_error() {
        assertThat(seeded.failed("x", NOON).answered(List.of(NANO), NOON).lastError())
                .isEmpty();
    }

    @Test
    void errors_are_never_blank_and_never_long() {
        assertThat(seeded.failed(" ", NOON).lastError()).contains("no answer");
        assertThat(seeded.failed("\ud83d\ude00".repeat(900), NOON).lastError()).contains("\ud83d\ude00".repeat(500));
    }

    @Test
    void a_status_is_read_by_its_name_on_the_wire() {
        assertThat(LiveModels.Status.parse("stale_cache")).contains(LiveModels.Status.STALE_CACHE);
        assertThat(LiveModels.Status.parse("READY")).isEmpty();
    }
}
