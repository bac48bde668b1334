package skillrunner.sqlite.run;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements that remove rows. None of them touches a run that has not ended, or deletes what is not marked. */
interface RemovalDao {
    @SqlQuery("SELECT coalesce(max(seq), 0) FROM runs")
    long newest();

    @SqlQuery(
            """
            SELECT run_id, updated_at, folder_bytes FROM runs
             WHERE status IN ('succeeded', 'failed', 'canceled') AND removing_at IS NULL AND seq <= :horizon
             ORDER BY updated_at, run_id
             LIMIT :limit
            """)
    @RegisterConstructorMapper(EndedRunRow.class)
    List<EndedRunRow> ended(@Bind("horizon") long horizon, @Bind("limit") int limit);

    @SqlQuery(
            """
            SELECT run_id, updated_at, folder_bytes FROM runs
             WHERE status IN ('succeeded', 'failed', 'canceled') AND removing_at IS NULL AND seq <= :horizon
               AND (updated_at, run_id) > ((SELECT updated_at FROM runs WHERE run_id = :after), :after)
             ORDER BY updated_at, run_id
             LIMIT :limit
            """)
    @RegisterConstructorMapper(EndedRunRow.class)
    List<EndedRunRow> endedAfter(@Bind("after") String after, @Bind("horizon") long horizon, @Bind("limit") int limit);

    @SqlQuery(
            """
            SELECT count(*) AS runs, coalesce(sum(folder_bytes), 0) AS bytes FROM runs
             WHERE status IN ('succeeded', 'failed', 'canceled') AND removing_at IS NULL
            """)
    @RegisterConstructorMapper(KeptRow.class)
    KeptRow kept();

    @SqlUpdate(
            """
            UPDATE runs SET removing_at = :now
             WHERE run_id IN (<runs>) AND removing_at IS NULL AND status IN ('succeeded', 'failed', 'canceled')
            """)
    void mark(@BindList("runs") List<String> runs, @Bind("now") String now);

    @SqlUpdate(
            """
            UPDATE requests SET removing_at = :now
             WHERE removing_at IS NULL
               AND run_id IN (SELECT run_id FROM runs WHERE run_id IN (<runs>) AND removing_at IS NOT NULL)
            """)
    void markRequests(@BindList("runs") List<String> runs, @Bind("now") String now);

    @SqlUpdate(
            """
            DELETE FROM idempotency_keys
             WHERE request_id IN (SELECT request_id FROM requests WHERE run_id IN (<runs>) AND removing_at IS NOT NULL)
            """)
    void forgetKeys(@BindList("runs") List<String> runs);

    @SqlQuery("SELECT run_id FROM runs WHERE removing_at IS NOT NULL AND run_id > :after ORDER BY run_id LIMIT :limit")
    List<String> marked(@Bind("after") String after, @Bind("limit") int limit);

    @SqlQuery("SELECT request_id FROM requests WHERE run_id = :run ORDER BY seq")
    List<String> requests(@Bind("run") String run);

    @SqlUpdate(
            """
            DELETE FROM cache_entries
             WHERE run_id IN (SELECT run_id FROM runs WHERE run_id IN (<runs>) AND removing_at IS NOT NULL)
            """)
    int deleteCacheEntries(@BindList("runs") List<String> runs);

    @SqlUpdate(
            """
            DELETE FROM requests
             WHERE run_id IN (SELECT run_id FROM runs WHERE run_id IN (<runs>) AND removing_at IS NOT NULL)
            """)
    int deleteRequests(@BindList("runs") List<String> runs);

    @SqlUpdate("DELETE FROM runs WHERE run_id IN (<runs>) AND removing_at IS NOT NULL")
    int deleteRuns(@BindList("runs") List<String> runs);

    @SqlQuery(
            """
            SELECT run_id FROM runs
             WHERE status IN ('succeeded', 'failed', 'canceled') AND removing_at IS NULL AND folder_bytes IS NULL
               AND run_id > :after
             ORDER BY run_id
             LIMIT :limit
            """)
    List<String> unmeasured(@Bind("after") String after, @Bind("limit") int limit);

    @SqlUpdate("UPDATE runs SET folder_bytes = :bytes WHERE run_id = :run")
    void remember(@Bind("run") String run, @Bind("bytes") long bytes);

    // Requests without a run.

    @SqlUpdate(
            """
            UPDATE requests SET removing_at = :now
             WHERE run_status IS NULL AND run_id IS NULL AND removing_at IS NULL AND created_at < :before
            """)
    void markUnserved(@Bind("before") String before, @Bind("now") String now);

    @SqlUpdate(
            """
            DELETE FROM idempotency_keys
             WHERE request_id IN (SELECT request_id FROM requests WHERE removing_at IS NOT NULL AND run_id IS NULL)
            """)
    void forgetUnservedKeys();

    @SqlQuery(
            """
            SELECT request_id FROM requests
             WHERE removing_at IS NOT NULL AND run_id IS NULL AND request_id > :after
             ORDER BY request_id LIMIT :limit
            """)
    List<String> unserved(@Bind("after") String after, @Bind("limit") int limit);

    @SqlUpdate("DELETE FROM requests WHERE request_id IN (<requests>) AND removing_at IS NOT NULL AND run_id IS NULL")
    int deleteUnserved(@BindList("requests") List<String> requests);

    // Requests whose skill has yet to come. Their keys are in their own rows.

    @SqlUpdate(
            """
            UPDATE temp_requests SET removing_at = :now, idempotency_key = NULL, question = NULL
             WHERE removing_at IS NULL AND created_at < :before
            """)
    void markTemporary(@Bind("before") String before, @Bind("now") String now);

    @SqlQuery(
            """
            SELECT request_id FROM temp_requests
             WHERE removing_at IS NOT NULL AND request_id > :after
             ORDER BY request_id LIMIT :limit
            """)
    List<String> temporary(@Bind("after") String after, @Bind("limit") int limit);

    @SqlUpdate("DELETE FROM temp_requests WHERE request_id IN (<requests>) AND removing_at IS NOT NULL")
    int deleteTemporary(@BindList("requests") List<String> requests);
}
