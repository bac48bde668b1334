package skillrunner.sqlite.run;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code run_interactions}. */
@RegisterConstructorMapper(InteractionRow.class)
interface InteractionDao {
    @SqlUpdate(
            """
            INSERT INTO run_interactions (run_id, number, attempt, question, status, created_at, deadline, command)
            VALUES (:runId, :number, :attempt, :question, :status, :createdAt, :deadline, :command)
            """)
    void insert(@BindMethods InteractionRow row);

    /** Decides a question that waits. @return 0 if it is decided already */
    @SqlUpdate(
            """
            UPDATE run_interactions
               SET status = :status, response = :response, decided_by = :decidedBy, decided_at = :decidedAt,
                   idempotency_key = :idempotencyKey
             WHERE run_id = :runId AND number = :number AND status = 'pending'
            """)
    int decide(@BindMethods InteractionRow row);

    @SqlQuery("SELECT * FROM run_interactions WHERE run_id = :runId AND number = :number")
    Optional<InteractionRow> find(@Bind("runId") String runId, @Bind("number") int number);

    @SqlQuery("SELECT * FROM run_interactions WHERE run_id = :runId AND status = 'pending'")
    Optional<InteractionRow> pending(@Bind("runId") String runId);

    @SqlQuery("SELECT * FROM run_interactions WHERE run_id = :runId ORDER BY number")
    List<InteractionRow> all(@Bind("runId") String runId);

    @SqlQuery("SELECT * FROM run_interactions WHERE status = 'pending' AND deadline IS NOT NULL ORDER BY deadline")
    List<InteractionRow> withDeadline();
}
