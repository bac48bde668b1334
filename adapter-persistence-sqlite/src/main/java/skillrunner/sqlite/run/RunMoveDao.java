package skillrunner.sqlite.run;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code run_moves}. */
@RegisterConstructorMapper(RunMoveRow.class)
interface RunMoveDao {
    @SqlQuery("SELECT coalesce(max(ordinal), 0) FROM run_moves WHERE run_id = :runId")
    int last(@Bind("runId") String runId);

    @SqlUpdate(
            """
            INSERT INTO run_moves (run_id, ordinal, attempt, from_status, event, to_status, failure_code, moved_at)
            VALUES (:runId, :ordinal, :attempt, :fromStatus, :event, :toStatus, :failureCode, :movedAt)
            """)
    void add(@BindMethods RunMoveRow row);

    @SqlQuery(
            """
            SELECT * FROM run_moves
             WHERE run_id = :runId AND ordinal > :ordinal
               AND EXISTS (SELECT 1 FROM runs WHERE runs.run_id = :runId AND removing_at IS NULL)
             ORDER BY ordinal
            """)
    List<RunMoveRow> after(@Bind("runId") String runId, @Bind("ordinal") int ordinal);
}
