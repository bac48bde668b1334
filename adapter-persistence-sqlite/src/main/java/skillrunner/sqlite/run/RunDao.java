package skillrunner.sqlite.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code runs}. Every update is conditional; its result tells whether the condition held. */
@RegisterConstructorMapper(RunRow.class)
interface RunDao {
    @SqlQuery("SELECT * FROM runs WHERE run_id = :runId AND removing_at IS NULL")
    Optional<RunRow> find(@Bind("runId") String runId);

    @SqlQuery("SELECT * FROM runs WHERE status = :status AND removing_at IS NULL ORDER BY seq")
    List<RunRow> inStatus(@Bind("status") String status);

    @SqlQuery("SELECT count(*) FROM runs WHERE status = 'queued'")
    int countQueued();

    /** Triggers keep these numbers. */
    @SqlQuery("SELECT status, runs FROM run_counts")
    @KeyColumn("status")
    @ValueColumn("runs")
    Map<String, Long> countByStatus();

    @SqlUpdate(
            """
            INSERT INTO runs (run_id, request_id, skill_id, engine, status, attempt, fence, cancel_requested, warnings,
                              recovery_state, created_at, updated_at)
            VALUES (:runId, :requestId, :skillId, :engine, :status, :attempt, :fence, :cancelRequested, :warnings,
                    :recoveryState, :createdAt, :updatedAt)
            """)
    void insert(@BindMethods RunRow row);

    @SqlQuery("SELECT * FROM runs WHERE status = 'queued'"
            + " ORDER BY max(seq, queued_behind), queued_behind, seq LIMIT 1")
    Optional<RunRow> oldestQueued();

    @SqlUpdate("UPDATE runs SET preparations = 1 WHERE run_id = :runId")
    void countFirstPreparation(@Bind("runId") String runId);

    /** Gives a run to another owner, in whose hands the fence is higher. @return 0 if somebody moved or took it meanwhile */
    @SqlUpdate(
            """
            UPDATE runs
               SET owner_node = :ownerNode, lease_until = :leaseUntil, fence = :fence, updated_at = :updatedAt
             WHERE run_id = :runId AND status = :status AND fence = :fromFence
            """)
    int takeOver(@BindMethods RunRow after, @Bind("fromFence") long fromFence);

    @SqlQuery("UPDATE runs SET preparations = preparations + 1 WHERE run_id = :runId RETURNING preparations")
    int countPreparation(@Bind("runId") String runId);

    /** The index over unfinished runs serves this. */
    @SqlQuery("SELECT run_id FROM runs WHERE status IN ('queued', 'running', 'waiting_user') ORDER BY seq")
    List<String> unfinished();

    @SqlUpdate(
            """
            UPDATE runs
               SET attempt = :attempt, fence = :fence, owner_node = :ownerNode, lease_until = :leaseUntil, request_id = :requestId, skill_id = :skillId, engine = :engine,
                   warnings = :warnings, recovery_state = :recoveryState, recovered_at = :recoveredAt,
                   recovery_reason = :recoveryReason, last_auto_decision_at = :lastAutoDecisionAt, created_at = :createdAt, updated_at = :updatedAt
             WHERE run_id = :runId
            """)
    void mend(@BindMethods RunRow row);

    /**
     * The one statement that moves a run. Its condition is that of {@link skillrunner.domain.run.RunChange#appliesTo}.
     *
     * @param after the run after the move
     * @param from its status before
     * @param fromFence its fence before
     * @param fromAttempt its attempt before
     */
    @SqlUpdate(
            """
            UPDATE runs
               SET status = :status, attempt = :attempt, fence = :fence, owner_node = :ownerNode,
                   lease_until = :leaseUntil, cancel_requested = :cancelRequested,
                   error_code = :errorCode, error_message = :errorMessage, error_stderr = :errorStderr,
                   warnings = :warnings, recovery_state = :recoveryState, recovered_at = :recoveredAt,
                   recovery_reason = :recoveryReason, last_interaction = :lastInteraction,
                   pending_interaction = :pendingInteraction, interaction_count = :interactionCount,
                   auto_decision_count = :autoDecisionCount, last_auto_decision_at = :lastAutoDecisionAt,
                   kept_from = :keptFrom,
                   queued_behind = CASE WHEN :status = 'queued' AND status <> 'queued' THEN (SELECT max(seq) FROM runs)
                                        ELSE queued_behind END,
                   updated_at = :updatedAt
             WHERE run_id = :runId AND status = :from AND fence = :fromFence
               AND attempt = :fromAttempt AND (cancel_requested = 0 OR :status = 'canceled')
            """)
    int move(
            @BindMethods RunRow after,
            @Bind("from") String from,
            @Bind("fromFence") long fromFence,
            @Bind("fromAttempt") int fromAttempt);

    @SqlUpdate("UPDATE runs SET cancel_requested = 1, updated_at = :updatedAt WHERE run_id = :runId")
    void wish(@BindMethods RunRow wished);
}
