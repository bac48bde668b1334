package skillrunner.application.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.ModelSource;
import skillrunner.application.engine.ShippedModels;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelSnapshotRef;
import skillrunner.domain.model.SnapshotRow;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.model.InMemoryLiveModelStore;
import skillrunner.testkit.model.InMemoryModelSnapshots;
import skillrunner.testkit.model.LinesCommand;
import skillrunner.testkit.model.ScriptedCliVersions;
import skillrunner.testkit.model.ScriptedModelLists;
import skillrunner.testkit.run.Racing;
import skillrunner.testkit.storage.ScriptedDisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** The models of every engine: which are shown, how a snapshot is added, how a CLI is asked. */
class ModelCatalogueTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ScriptedDisk disk = new ScriptedDisk();
    private final ManualClock clock = new ManualClock();
    private final DeferredBackgroundTasks background = new DeferredBackgroundTasks();
    private final InMemoryModelSnapshots snapshots = new InMemoryModelSnapshots(disk);
    private final InMemoryLiveModelStore store = new InMemoryLiveModelStore(disk);
    private final ScriptedCliVersions versions = new ScriptedCliVersions();
    private final ScriptedModelLists lists = new ScriptedModelLists();
    private final ModelSources sources = new ModelSources(Map.of(
            OPENCODE,
            new ModelSource.Live(new LinesCommand(), List.of(ModelEntry.provided("openai", "gpt-5", "seed_fallback"))),
            CODEX,
            new ModelSource.Snapshots(Optional.of(new LinesCommand()), ShippedModels.NONE)));
    private final LiveCatalogue live = new LiveCatalogue(store);
    private final ModelRegistry registry = new ModelRegistry(sources, snapshots, live, versions);
    private final AddModelSnapshot addModelSnapshot = new AddModelSnapshot(sources, snapshots, versions, registry);
    private final SuggestModelSnapshot suggestModelSnapshot = new SuggestModelSnapshot(sources, lists);
    private final RefreshLiveModels refreshLiveModels = new RefreshLiveModels(sources, lists, live, background, clock);

    @BeforeEach
    void start() {
        for (String version : List.of("0.0.0", "0.89.0", "0.99.0")) {
            snapshots.store(CODEX, version, "of-" + version);
        }
        snapshots.list(CODEX, "0.0.0", "0.89.0", "0.99.0");
        versions.install(CODEX, "0.95.0");
    }

    @Nested
    class listing {
        @Test
        void the_snapshot_that_fits_the_cli_serves() {
            ModelListing listing = registry.list(CODEX);

            assertThat(listing.cliVersion()).contains(new CliVersion("0.95.0"));
            assertThat(listing.snapshotVersion()).contains("0.89.0");
            assertThat(listing.snapshotFile()).contains("models_0.89.0.json");
            assertThat(listing.source().wire()).isEqualTo("pinned_snapshot");
            assertThat(listing.fallbackReason()).isEmpty();
            assertThat(listing.models()).extracting(ModelEntry::id).containsExactly("of-0.89.0");
            assertThat(listing.manifest())
                    .isEqualTo(new ModelListing.Manifest.Stored(
                            snapshots.manifest(CODEX).content()));
        }

        @Test
        void an_upgraded_cli_changes_the_models_at_once() {
            registry.list(CODEX);

            versions.install(CODEX, "0.99.0");

            assertThat(registry.models(CODEX)).extracting(ModelEntry::id).containsExactly("of-0.99.0");
        }

        @Test
        void without_a_cli_the_newest_serves() {
            versions.uninstall(CODEX);

            assertThat(registry.list(CODEX).cliVersion()).isEmpty();
            assertThat(registry.list(CODEX).snapshotVersion()).contains("0.99.0");
            assertThat(registry.list(CODEX).fallbackReason()).contains("cli_version_unknown");
        }

        @Test
        void a_version_that_can_not_be_ordered_is_told() {
            versions.install(CODEX, "dev-build");

            assertThat(registry.list(CODEX).fallbackReason()).contains("no_semver_match");
        }

        @Test
        void an_older_cli_than_all_snapshots_gets_the_newest() {
            snapshots.store(GEMINI, "0.1.0", "m");
            snapshots.list(GEMINI, "0.1.0");
            versions.install(GEMINI, "0.0.1");

            assertThat(registry.list(GEMINI).snapshotVersion()).contains("0.1.0");
            assertThat(registry.list(GEMINI).fallbackReason()).contains("no_match");
        }

        @Test
        void a_snapshot_that_can_not_be_read_is_passed_over_and_told_if_it_would_have_served() {
            snapshots.list(CODEX, "0.0.0", "0.89.0", "0.90.0", "0.99.0");

            assertThat(registry.list(CODEX).snapshotVersion()).contains("0.89.0");
            assertThat(registry.list(CODEX).fallbackReason()).contains("snapshot_unreadable");

            versions.install(CODEX, "0.89.0");

            assertThat(registry.list(CODEX).fallbackReason()).isEmpty();
        }

        @Test
        void without_a_snapshot_that_can_be_read_there_are_no_models() {
            snapshots.list(GEMINI, "1.0.0");
            versions.install(GEMINI, "1.0.0");

            assertThat(registry.list(GEMINI).models()).isEmpty();
            assertThat(registry.list(GEMINI).snapshotVersion()).isEmpty();
            assertThat(registry.list(GEMINI).fallbackReason()).contains("snapshot_unreadable");

            snapshots.list(GEMINI);

            assertThat(registry.list(GEMINI).snapshotFile()).isEmpty();
            assertThat(registry.list(GEMINI).fallbackReason()).contains("no_snapshots");
        }

        @Test
        void a_broken_manifest_concerns_its_engine_only_and_leaves_it_no_models() {
            snapshots.breakManifest(GEMINI);

            assertThatThrownBy(() -> registry.list(GEMINI)).isInstanceOf(CatalogueUnreadableException.class);
            assertThat(registry.models(GEMINI)).isEmpty();
            assertThat(registry.models(CODEX)).isNotEmpty();
            assertThat(registry.models(OPENCODE)).isNotEmpty();
        }

        @Test
        void only_models_of_a_live_engine_have_a_provider() {
            assertThat(registry.models(CODEX))
                    .allSatisfy(model -> assertThat(model.provider()).isEmpty());
            assertThat(registry.models(OPENCODE)).isNotEmpty().allSatisfy(model -> {
                assertThat(model.provider()).isPresent();
                assertThat(model.model()).isPresent();
            });
        }
    }

    @Nested
    class adding {
        @Test
        void a_snapshot_is_added_under_the_version_of_the_cli_and_shows_at_once() {
            versions.install(CODEX, "0.100.0");

            ModelListing listing = addModelSnapshot.add(CODEX, rows("b", " a "));

            assertThat(listing.snapshotVersion()).contains("0.100.0");
            assertThat(listing.models()).extracting(ModelEntry::id).containsExactly("b", "a");
            assertThat(registry.models(CODEX)).isEqualTo(listing.models());
            assertThat(snapshots.manifest(CODEX).snapshots())
                    .extracting(ModelSnapshotRef::version)
                    .containsExactly("0.0.0", "0.89.0", "0.99.0", "0.100.0");
        }

        @Test
        void a_snapshot_that_exists_is_never_overwritten_listed_or_not() {
            versions.install(CODEX, "0.99.0");
            refused(ErrorCode.SNAPSHOT_EXISTS, CODEX, rows("a"));

            snapshots.store(CODEX, "0.96.0", "mine");
            versions.install(CODEX, "0.96.0");
            refused(ErrorCode.SNAPSHOT_EXISTS, CODEX, rows("a"));

            assertThat(snapshots.manifest(CODEX).snapshots()).hasSize(3);
        }

        @Test
        void of_two_parallel_requests_one_adds_and_the_other_is_refused() {
            versions.install(CODEX, "0.100.0");
            List<Callable<Boolean>> callers = new ArrayList<>();
            for (String id : List.of("one", "other")) {
                callers.add(() -> {
                    try {
                        addModelSnapshot.add(CODEX, rows(id));
                        return true;
                    } catch (RefusedException e) {
                        assertThat(e.refusal().code()).isEqualTo(ErrorCode.SNAPSHOT_EXISTS);
                        return false;
                    }
                });
            }

            List<Boolean> added = Racing.race(callers);

            assertThat(added).containsOnlyOnce(true);
            assertThat(registry.models(CODEX))
                    .extracting(ModelEntry::id)
                    .containsExactly(added.get(0) ? "one" : "other");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "dev-build", "24", "1.0-preview"})
        void without_a_version_that_names_a_file_nothing_is_added(String version) {
            versions.uninstall(CODEX);
            if (!version.isEmpty()) {
                versions.install(CODEX, version);
            }

            refused(ErrorCode.CLI_VERSION_UNDETECTED, CODEX, rows("a"));
        }

        @Test
        void an_engine_that_is_asked_for_its_models_takes_no_snapshot() {
            versions.install(OPENCODE, "1.0.0");

            refused(ErrorCode.SNAPSHOT_UNSUPPORTED, OPENCODE, rows("a"));
        }

        @Test
        void wrong_rows_are_refused_with_their_place_and_nothing_is_written() {
            refused(ErrorCode.REQUEST_INVALID, CODEX, rows("a", " a "));
            refused(ErrorCode.REQUEST_INVALID, CODEX, rows());

            assertThat(disk.writes()).isEmpty();
        }

        @Test
        void the_state_of_the_engine_is_checked_before_the_rows_and_those_before_the_store() {
            refused(ErrorCode.SNAPSHOT_UNSUPPORTED, OPENCODE, rows(""));
            versions.install(CODEX, "0.99.0");
            refused(ErrorCode.REQUEST_INVALID, CODEX, rows(""));
            versions.uninstall(CODEX);
            refused(ErrorCode.CLI_VERSION_UNDETECTED, CODEX, rows(""));
        }

        @Test
        void an_unreadable_manifest_is_our_fault() {
            versions.install(GEMINI, "1.0.0");

            assertThatThrownBy(() -> addModelSnapshot.add(GEMINI, rows("a")))
                    .isInstanceOf(CatalogueUnreadableException.class);
        }

        private void refused(ErrorCode code, EngineId engine, List<SnapshotRow> rows) {
            assertThatThrownBy(() -> addModelSnapshot.add(engine, rows))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.refusal().code()).isEqualTo(code));
        }
    }

    @Nested
    class suggesting {
        @Test
        void the_cli_proposes_rows_and_nothing_is_stored() {
            lists.print("x/b\nx/a\n");

            assertThat(suggestModelSnapshot.isOffered(CODEX)).isTrue();
            assertThat(suggestModelSnapshot.suggest(CODEX).join())
                    .extracting(ModelEntry::id)
                    .containsExactly("x/a", "x/b");
            assertThat(disk.writes()).isEmpty();
        }

        @Test
        void however_many_ask_for_a_suggestion_the_cli_is_started_once() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch answer = new CountDownLatch(1);
            lists.answer(command -> {
                started.countDown();
                awaitQuietly(answer);
                return new ModelLists.Answer.Listed(command.parse("x/a\n"));
            });
            CompletableFuture<List<ModelEntry>> first = CompletableFuture.supplyAsync(
                    () -> suggestModelSnapshot.suggest(CODEX).join());
            assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();

            List<CompletableFuture<List<ModelEntry>>> others = IntStream.range(0, 100)
                    .mapToObj(i -> suggestModelSnapshot.suggest(CODEX))
                    .toList();
            assertThat(others).noneMatch(CompletableFuture::isDone);
            answer.countDown();

            assertThat(others).allSatisfy(other -> assertThat(other.join()).hasSize(1));
            assertThat(first.join()).hasSize(1);
            assertThat(lists.questions()).isEqualTo(1);
            assertThat(suggestModelSnapshot.suggest(CODEX).join()).hasSize(1);
            assertThat(lists.questions()).isEqualTo(2);
        }

        private static void awaitQuietly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Test
        void a_cli_without_such_a_command_is_not_asked() {
            unavailable(GEMINI, "can't be asked");
            unavailable(OPENCODE, "can't be asked");
            assertThat(suggestModelSnapshot.isOffered(GEMINI)).isFalse();
            assertThat(lists.questions()).isZero();
        }

        @Test
        void a_cli_that_fails_or_names_nothing_is_told_with_its_reason() {
            lists.fail("timed out after 20s");
            unavailable(CODEX, "timed out after 20s");
            lists.print("hello\n");
            unavailable(CODEX, "no models");
        }

        private void unavailable(EngineId engine, String reason) {
            assertThatThrownBy(() -> suggestModelSnapshot.suggest(engine).join())
                    .cause()
                    .isInstanceOfSatisfying(RefusedException.class, e -> {
                        assertThat(e.refusal().code()).isEqualTo(ErrorCode.SUGGESTION_UNAVAILABLE);
                        assertThat(e.refusal().detail()).contains(engine.wire(), reason);
                    });
        }
    }

    @Nested
    class asking {
        @Test
        void an_engine_that_never_answered_shows_its_seed_with_a_reason() {
            ModelListing listing = registry.list(OPENCODE);

            assertThat(listing.models()).extracting(ModelEntry::id).containsExactly("openai/gpt-5");
            assertThat(listing.fallbackReason()).contains("seed_fallback");
            assertThat(listing.snapshotVersion()).contains("1970-01-01T00:00:00Z");
            assertThat(store.load(OPENCODE)).isPresent();
            assertThat(lists.questions()).isZero();

            lists.fail("CLI not found");
            refreshLiveModels.refresh(OPENCODE);

            assertThat(registry.list(OPENCODE).fallbackReason()).contains("CLI not found");
            assertThat(registry.list(OPENCODE).models()).isEqualTo(listing.models());
        }

        @Test
        void an_answer_is_shown_sorted_and_kept_when_the_next_one_fails() {
            lists.print("opencode/nano\n\nINFO a/b c\nopencode/big\nopencode/nano\n");
            refreshLiveModels.refresh(OPENCODE);
            ModelListing ready = registry.list(OPENCODE);

            lists.fail("exited with code 1: no network");
            clock.advance(HOUR);
            refreshLiveModels.refresh(OPENCODE);
            ModelListing stale = registry.list(OPENCODE);

            assertThat(ready.models()).extracting(ModelEntry::id).containsExactly("opencode/big", "opencode/nano");
            assertThat(ready.fallbackReason()).isEmpty();
            assertThat(ready.source().wire()).isEqualTo("runtime_probe_cache");
            assertThat(ready.snapshotVersion()).contains("2026-01-02T03:04:05Z");
            assertThat(ready.snapshotFile()).contains("opencode_models_cache.json");
            assertThat(stale.models()).isEqualTo(ready.models());
            assertThat(stale.snapshotVersion()).isEqualTo(ready.snapshotVersion());
            assertThat(stale.fallbackReason()).contains("exited with code 1: no network");
        }

        @Test
        void the_manifest_of_a_live_engine_tells_its_state() {
            lists.print("opencode/nano\nopenai/gpt-5\n");
            refreshLiveModels.refresh(OPENCODE);
            lists.fail("x");
            clock.advance(HOUR);
            refreshLiveModels.refresh(OPENCODE);

            ModelListing listing = registry.list(OPENCODE);
            LiveModels state = ((ModelListing.Manifest.Live) listing.manifest()).models();
            assertThat(state).isEqualTo(registry.liveModels(OPENCODE).orElseThrow());
            assertThat(state.status()).isEqualTo(LiveModels.Status.STALE_CACHE);
            assertThat(state.updatedAt()).isEqualTo(ManualClock.START);
            assertThat(state.lastAttemptAt()).contains(ManualClock.START.plus(HOUR));
            assertThat(state.providers()).containsExactly("openai", "opencode");
            assertThat(state.lastError()).contains("x");
            assertThat(listing.snapshotFile()).contains("opencode_models_cache.json");
        }

        @Test
        void what_was_answered_survives_a_restart() {
            lists.print("opencode/nano\n");
            refreshLiveModels.refresh(OPENCODE);

            ModelRegistry restarted = new ModelRegistry(sources, snapshots, new LiveCatalogue(store), versions);

            assertThat(restarted.models(OPENCODE)).extracting(ModelEntry::id).containsExactly("opencode/nano");
        }

        @Test
        void a_full_disk_costs_only_the_memory_across_restarts() {
            disk.fill();
            lists.print("opencode/nano\n");

            refreshLiveModels.refresh(OPENCODE);

            assertThat(registry.models(OPENCODE)).extracting(ModelEntry::id).containsExactly("opencode/nano");
        }

        @Test
        void a_question_that_breaks_counts_as_unanswered() {
            lists.answer(command -> {
                throw new IllegalStateException("no thread");
            });

            assertThat(refreshLiveModels.refresh(OPENCODE).flatMap(LiveModels::lastError))
                    .contains("the CLI could not be asked");
        }

        @Test
        void an_engine_with_snapshots_is_never_asked() {
            assertThat(refreshLiveModels.refresh(CODEX)).isEmpty();
            refreshLiveModels.refreshLater(CODEX);

            assertThat(background.names()).isEmpty();
            assertThat(registry.liveModels(CODEX)).isEmpty();
        }

        @Test
        void who_comes_while_an_engine_is_asked_shares_the_answer() throws InterruptedException {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch answers = new CountDownLatch(1);
            lists.answer(command -> {
                asked.countDown();
                try {
                    answers.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new ModelLists.Answer.Listed(command.parse("opencode/nano\n"));
            });
            Thread first = new Thread(() -> refreshLiveModels.refresh(OPENCODE));
            first.start();
            asked.await();
            Thread second = new Thread(() -> refreshLiveModels.refresh(OPENCODE));
            second.start();
            while (second.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }

            // Reading neither waits nor asks.
            assertThat(registry.models(OPENCODE)).extracting(ModelEntry::id).containsExactly("openai/gpt-5");
            answers.countDown();
            first.join();
            second.join();

            assertThat(lists.questions()).isEqualTo(1);
            assertThat(registry.models(OPENCODE)).extracting(ModelEntry::id).containsExactly("opencode/nano");
        }

        @Test
        void engines_are_asked_at_start_and_then_at_intervals_whatever_comes() {
            refreshLiveModels.start(true, HOUR);
            assertThat(lists.questions()).isZero();
            assertThat(store.load(OPENCODE).map(LiveModels::status)).contains(LiveModels.Status.SEED_FALLBACK);
            background.runAll();
            assertThat(lists.questions()).isEqualTo(1);
            assertThat(background.delayed()).singleElement().satisfies(task -> assertThat(task.delay())
                    .isEqualTo(HOUR));

            lists.print("opencode/nano\n");
            background.runDelayed();

            assertThat(lists.questions()).isEqualTo(2);
            assertThat(registry.list(OPENCODE).fallbackReason()).isEmpty();
            assertThat(background.delayed()).hasSize(1);
        }

        @Test
        void asking_at_start_and_at_intervals_can_be_turned_off() {
            refreshLiveModels.start(false, HOUR);
            assertThat(background.names()).containsExactly("models-opencode");
            assertThat(background.delayed()).hasSize(1);

            DeferredBackgroundTasks other = new DeferredBackgroundTasks();
            RefreshLiveModels off = new RefreshLiveModels(sources, lists, live, other, clock);
            off.start(false, Duration.ZERO);
            assertThat(other.names()).isEmpty();
            off.start(true, Duration.ZERO.minusMinutes(1));
            other.runAll();
            assertThat(other.names()).isEmpty();
        }

        @Test
        void an_engine_is_asked_later_on_demand() {
            lists.print("opencode/nano\n");

            refreshLiveModels.refreshLater(OPENCODE);
            background.runAll();

            assertThat(registry.liveModels(OPENCODE).map(LiveModels::status)).contains(LiveModels.Status.READY);
        }
    }

    private static List<SnapshotRow> rows(String... ids) {
        return List.of(ids).stream().map(SnapshotRow::of).toList();
    }
}
