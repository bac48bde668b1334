package skillrunner.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.model.CatalogueUnreadableException;
import skillrunner.application.model.ModelSnapshots;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelSnapshotRef;
import skillrunner.testkit.run.Racing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every {@link ModelSnapshots} promises. */
public abstract class ModelSnapshotsContract {
    private static final EngineId ENGINE = EngineId.CODEX;

    private ModelSnapshots snapshots = new InMemoryModelSnapshots();

    /**
     * Makes a store in which one engine has a manifest, and no other has one.
     *
     * @param engine the engine, whose manifest lists nothing
     * @return the store
     */
    protected abstract ModelSnapshots storeWithManifestOf(EngineId engine);

    @BeforeEach
    void start() {
        snapshots = storeWithManifestOf(ENGINE);
    }

    @Test
    void a_new_manifest_lists_nothing_and_names_its_engine() {
        assertThat(snapshots.manifest(ENGINE).snapshots()).isEmpty();
        assertThat(snapshots.manifest(ENGINE).content()).containsEntry("engine", "codex");
    }

    @Test
    void an_engine_without_a_manifest_is_unreadable_and_takes_no_snapshot() {
        assertThatThrownBy(() -> snapshots.manifest(EngineId.GEMINI)).isInstanceOf(CatalogueUnreadableException.class);
        assertThatThrownBy(() -> snapshots.add(EngineId.GEMINI, new CliVersion("1.0.0"), models("a")))
                .isInstanceOf(CatalogueUnreadableException.class)
                .hasMessageContaining("gemini");
    }

    @Test
    void an_added_snapshot_is_listed_and_read_at_once_as_it_was_given() {
        List<ModelEntry> models = List.of(
                new ModelEntry(
                        "b",
                        Optional.of("Modell \u4e2d\u6587 \ud83d\ude00"),
                        true,
                        Optional.of("n\n\"q\""),
                        Optional.of(List.of("low", "high")),
                        Optional.empty(),
                        Optional.empty()),
                new ModelEntry(
                        "a",
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.of(List.of()),
                        Optional.empty(),
                        Optional.empty()));

        assertThat(snapshots.add(ENGINE, new CliVersion("0.100.0"), models)).isEqualTo(ModelSnapshots.Added.ADDED);

        ModelSnapshotRef ref = new ModelSnapshotRef("0.100.0", "models_0.100.0.json");
        assertThat(snapshots.manifest(ENGINE).snapshots()).containsExactly(ref);
        assertThat(snapshots.models(ENGINE, ref)).contains(models);
    }

    @Test
    void snapshots_are_listed_by_version() {
        for (String version : List.of("0.5.12", "0.123456789012345678901234567890.0", "0.5.2", "1.0")) {
            snapshots.add(ENGINE, new CliVersion(version), models(version));
        }

        assertThat(snapshots.manifest(ENGINE).snapshots())
                .extracting(ModelSnapshotRef::version)
                .containsExactly("0.5.2", "0.5.12", "0.123456789012345678901234567890.0", "1.0");
    }

    @Test
    void a_second_snapshot_of_a_version_changes_nothing() {
        CliVersion version = new CliVersion("1.0.0");
        snapshots.add(ENGINE, version, models("first"));
        List<ModelSnapshotRef> listed = snapshots.manifest(ENGINE).snapshots();

        assertThat(snapshots.add(ENGINE, version, models("second"))).isEqualTo(ModelSnapshots.Added.EXISTS);

        assertThat(snapshots.manifest(ENGINE).snapshots()).isEqualTo(listed);
        assertThat(snapshots.models(ENGINE, listed.get(0))).contains(models("first"));
    }

    @Test
    void of_racing_callers_exactly_one_adds_and_its_models_are_stored() {
        CliVersion version = new CliVersion("1.0.0");
        List<Callable<ModelSnapshots.Added>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            List<ModelEntry> models = models("caller-" + i);
            callers.add(() -> snapshots.add(ENGINE, version, models));
        }

        List<ModelSnapshots.Added> results = Racing.race(callers);

        assertThat(results).containsOnlyOnce(ModelSnapshots.Added.ADDED);
        int winner = results.indexOf(ModelSnapshots.Added.ADDED);
        List<ModelSnapshotRef> listed = snapshots.manifest(ENGINE).snapshots();
        assertThat(listed).hasSize(1);
        assertThat(snapshots.models(ENGINE, listed.get(0))).contains(models("caller-" + winner));
    }

    @Test
    void callers_that_race_for_different_versions_are_all_listed() {
        List<Callable<ModelSnapshots.Added>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CliVersion version = new CliVersion("1." + i);
            callers.add(() -> snapshots.add(ENGINE, version, models("m")));
        }

        assertThat(Racing.race(callers)).containsOnly(ModelSnapshots.Added.ADDED);
        assertThat(snapshots.manifest(ENGINE).snapshots()).hasSize(8);
    }

    @Test
    void what_names_no_file_is_refused() {
        assertThatThrownBy(() -> snapshots.add(ENGINE, new CliVersion("dev-build"), models("a")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_snapshot_that_is_not_there_is_empty() {
        assertThat(snapshots.models(ENGINE, new ModelSnapshotRef("9.9.9", "models_9.9.9.json")))
                .isEmpty();
    }

    private static List<ModelEntry> models(String... ids) {
        return List.of(ids).stream()
                .map(id -> ModelEntry.named(id, id, List.of()))
                .toList();
    }
}
