package skillrunner.sqlite.upgrade;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code engine_upgrades}. Rows are never deleted, so the order of row ids is that of the inserts. */
@RegisterConstructorMapper(UpgradeRow.class)
interface UpgradeDao {
    /** The index over active tasks refuses a second one. @return 0 if it did */
    @SqlUpdate(
            """
            INSERT INTO engine_upgrades (request_id, mode, requested_engine, engines_json, status, results_json,
                                         created_at, updated_at)
            VALUES (:requestId, :mode, :requestedEngine, :enginesJson, :status, :resultsJson, :createdAt, :updatedAt)
            ON CONFLICT DO NOTHING
            """)
    int insert(@BindMethods UpgradeRow row);

    @SqlUpdate(
            """
            UPDATE engine_upgrades SET status = :status, results_json = :resultsJson, updated_at = :updatedAt
             WHERE request_id = :requestId AND status = :from
            """)
    int move(@BindMethods UpgradeRow after, @Bind("from") String from);

    @SqlQuery("SELECT * FROM engine_upgrades WHERE request_id = :requestId")
    Optional<UpgradeRow> find(@Bind("requestId") String requestId);

    @SqlQuery("SELECT * FROM engine_upgrades WHERE status IN ('queued', 'running') ORDER BY rowid")
    List<UpgradeRow> active();

    /** Of a row that another program added later, the planned engines follow from what was asked for. */
    @SqlQuery(
            """
            SELECT * FROM engine_upgrades
             WHERE CASE WHEN engines_json IS NOT NULL
                        THEN EXISTS (SELECT 1 FROM json_each(engines_json) WHERE value = :engine)
                        ELSE coalesce(requested_engine = :engine, :builtIn) END
             ORDER BY rowid DESC
             LIMIT 1
            """)
    Optional<UpgradeRow> latestPlanning(@Bind("engine") String engine, @Bind("builtIn") boolean builtIn);
}
