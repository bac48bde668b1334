package skillrunner.sqlite;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteException;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.Runs;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.sqlite.run.SqliteRuns;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Rows that somebody else wrote, or a fault of the disk. */
class DamagedRowsTest {
    private final RunFixtures fixtures = new RunFixtures();
    private final Path file;
    private final SqliteDatabase database;
    private final Runs runs;

    DamagedRowsTest(@TempDir Path folder) {
        this.file = folder.resolve("runs.db");
        this.database = SqliteDatabase.open(file);
        this.runs = database.runs();
    }

    private Run bad;
    private Run good;

    @BeforeEach
    void twoRunsWork() {
        bad = taken();
        good = taken();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE runs SET engine = '../x Y' WHERE run_id = :id",
                "UPDATE runs SET skill_id = char(10) || '/' WHERE run_id = :id",
                "UPDATE runs SET warnings = '{' WHERE run_id = :id",
                "UPDATE runs SET warnings = '[1, {}]' WHERE run_id = :id",
                "UPDATE runs SET created_at = 'yesterday' WHERE run_id = :id",
                "UPDATE runs SET request_id = 'nobody' WHERE run_id = :id",
                "UPDATE runs SET recovered_at = 'x' WHERE run_id = :id",
                "UPDATE runs SET lease_until = 'x' WHERE run_id = :id",
                "UPDATE runs SET owner_node = '' WHERE run_id = :id",
                "UPDATE requests SET input = '[]' WHERE run_id = :id",
                "UPDATE requests SET parameter = 'x' WHERE run_id = :id",
                "UPDATE requests SET runtime_options = '{\"execution_mode\": 7}' WHERE run_id = :id",
                "UPDATE requests SET engine = '' WHERE run_id = :id",
                "DELETE FROM requests WHERE run_id = :id",
                "UPDATE run_attempts SET output_schema = '{{' WHERE run_id = :id",
                "UPDATE run_attempts SET stop_reason = 'WHIM' WHERE run_id = :id",
                "UPDATE run_attempts SET hard_deadline = '' WHERE run_id = :id",
                "UPDATE run_attempts SET processes_ended = '{\"ended\": -1}' WHERE run_id = :id",
                "UPDATE run_attempts SET engine_told = '{\"models\": [7]}' WHERE run_id = :id"
            })
    void a_damaged_row_is_found_mended_and_takes_no_other_with_it(String damage) {
        plant(damage);

        List<Run> mended = runs.mendUnfinished(RunFixtures.LEASE, RunFixtures.NOW);

        assertThat(mended).extracting(Run::id).containsExactly(bad.id());
        assertThat(runs.inStatus(RunStatus.RUNNING)).extracting(Run::id).containsExactlyInAnyOrder(bad.id(), good.id());
        assertThat(runs.find(good.id())).contains(good);
        assertThat(runs.newest(10).stream().map(RunListing::run).map(Run::id)).contains(good.id());
        Run run = mended.get(0);
        assertThat(runs.save(run.failed(RunFixtures.aFailure(), List.of(), RunFixtures.NOW)))
                .isTrue();
        assertThat(runs.find(bad.id()).orElseThrow().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void a_damaged_run_of_another_node_is_left_to_it() {
        plant("UPDATE requests SET input = 'x' WHERE run_id = :id");

        assertThat(runs.mendUnfinished(RunFixtures.lease("other"), RunFixtures.NOW))
                .isEmpty();

        assertThat(runs.find(bad.id())).contains(bad);
        assertThat(runs.mendUnfinished(RunFixtures.LEASE, RunFixtures.NOW)).containsExactly(bad);
    }

    @Test
    void a_damaged_run_whose_owner_is_gone_is_taken_over_to_be_ended() {
        plant("UPDATE runs SET warnings = 'x', lease_until = '" + RunFixtures.NOW + "' WHERE run_id = :id");

        assertThat(runs.mendUnfinished(RunFixtures.lease("other"), RunFixtures.NOW))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.lease()).contains(RunFixtures.lease("other"));
                    assertThat(run.fence()).isEqualTo(bad.fence() + 1);
                });
    }

    @Test
    void a_run_that_a_version_without_leases_took_is_in_order_and_free() {
        plant("UPDATE runs SET owner_node = 'local', lease_until = NULL WHERE run_id = :id");

        assertThat(runs.mendUnfinished(RunFixtures.LEASE, RunFixtures.NOW)).isEmpty();

        assertThat(runs.find(bad.id()).orElseThrow().lease()).isEmpty();
        assertThat(runs.takeOver(bad.id(), RunFixtures.LEASE, RunFixtures.NOW)
                        .orElseThrow()
                        .lease())
                .contains(RunFixtures.LEASE);
    }

    @Test
    void rows_in_order_are_left_alone() {
        assertThat(runs.mendUnfinished(RunFixtures.LEASE, RunFixtures.NOW)).isEmpty();
        assertThat(runs.find(bad.id())).contains(bad);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FROM runs WHERE run_id", "FROM requests", "FROM run_attempts"})
    void a_fault_of_the_database_tells_nothing_of_a_row_and_ends_no_run(String statement) {
        Runs faulty = new SqliteRuns(new FaultyTransactions(file, statement));

        assertThatThrownBy(() -> faulty.mendUnfinished(RunFixtures.LEASE, RunFixtures.NOW))
                .hasRootCauseInstanceOf(SQLiteException.class);

        assertThat(runs.inStatus(RunStatus.RUNNING)).containsExactlyInAnyOrder(bad, good);
        assertThat(faulty.mendUnfinished(RunFixtures.LEASE, RunFixtures.NOW)).isEmpty();
    }

    @Test
    void a_queued_run_whose_row_is_damaged_gets_a_slot_to_end_in() {
        RunRequest request = fixtures.awaitingRequest();
        Run queued = fixtures.queuedRun(request);
        database.requests().admit(request.servedBy(queued.id(), false), queued, 10, Optional.empty());
        plant("UPDATE requests SET input = 'x' WHERE run_id = '" + queued.id() + "'");

        assertThat(runs.mendUnfinished(RunFixtures.LEASE, RunFixtures.NOW))
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.id()).isEqualTo(queued.id());
                    assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
                    assertThat(run.attempt()).isEqualTo(1);
                });
    }

    @Test
    void an_ended_run_with_an_unknown_reason_is_shown_as_failed_among_the_others() {
        runs.save(bad.failed(RunFixtures.aFailure(), List.of(), RunFixtures.NOW));
        plant("UPDATE runs SET error_code = 'FROM_THE_FUTURE', engine = '?' WHERE run_id = :id");

        assertThat(runs.newest(10)).hasSize(2);
        Run shown = runs.find(bad.id()).orElseThrow();
        assertThat(shown.status()).isEqualTo(RunStatus.FAILED);
        assertThat(shown.failure().orElseThrow().code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    @Test
    void starts_of_a_preparation_are_counted_from_the_taking_on() {
        assertThat(runs.countPreparation(bad.id())).isEqualTo(2);
        assertThat(runs.countPreparation(bad.id())).isEqualTo(3);
        assertThat(runs.countPreparation(good.id())).isEqualTo(2);
    }

    private void plant(String damage) {
        database.write(
                handle -> handle.createUpdate("PRAGMA foreign_keys = OFF").execute());
        int rows = database.write(handle -> damage.contains(":id")
                ? handle.createUpdate(damage).bind("id", bad.id().value()).execute()
                : handle.createUpdate(damage).execute());
        assertThat(rows).isPositive();
    }

    private Run taken() {
        RunRequest request = fixtures.awaitingRequest();
        Run queued = fixtures.queuedRun(request);
        database.requests().admit(request.servedBy(queued.id(), false), queued, 10, Optional.empty());
        Run taken = runs.takeNextQueued(RunFixtures.LEASE, RunFixtures.NOW).orElseThrow();
        database.attempts().save(RunFixtures.startingAttempt(taken, 1));
        return taken;
    }
}
