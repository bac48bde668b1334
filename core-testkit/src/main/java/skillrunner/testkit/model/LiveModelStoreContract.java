package skillrunner.testkit.model;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.model.LiveModelStore;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;
import skillrunner.domain.model.ModelEntry;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link LiveModelStore} promises. */
public abstract class LiveModelStoreContract {
    private static final LiveModels READY = LiveModels.seeded(List.of(ModelEntry.named("x/y", "X", List.of())))
            .answered(List.of(ModelEntry.provided("openai", "gpt-5", "n")), ManualClock.START);

    private LiveModelStore store = new InMemoryLiveModelStore();

    /**
     * Makes a store without any content.
     *
     * @return the store
     */
    protected abstract LiveModelStore emptyStore();

    @BeforeEach
    void start() {
        store = emptyStore();
    }

    @Test
    void nothing_is_known_at_first() {
        assertThat(store.load(EngineId.OPENCODE)).isEmpty();
    }

    @Test
    void what_was_saved_is_loaded_whatever_its_state() {
        for (LiveModels models : List.of(
                READY,
                READY.failed("exited with code 1: \u4e2d", ManualClock.START.plusSeconds(60)),
                LiveModels.seeded(List.of(ModelEntry.provided("openai", "gpt-5", "seed_fallback"))))) {
            store.save(EngineId.OPENCODE, models);

            assertThat(store.load(EngineId.OPENCODE)).contains(models);
        }
    }

    @Test
    void engines_are_kept_apart() {
        store.save(EngineId.OPENCODE, READY);

        assertThat(store.load(EngineId.GEMINI)).isEmpty();
    }

    @Test
    void the_name_has_no_folder() {
        assertThat(store.name(EngineId.OPENCODE)).isEqualTo("opencode_models_cache.json");
    }
}
