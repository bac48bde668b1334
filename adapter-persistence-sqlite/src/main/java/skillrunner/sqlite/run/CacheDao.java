package skillrunner.sqlite.run;

import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code cache_entries}. */
interface CacheDao {
    @SqlQuery(
            """
            SELECT c.run_id FROM cache_entries c JOIN runs r ON r.run_id = c.run_id
             WHERE c.cache_key = :key AND r.status = 'succeeded' AND r.removing_at IS NULL
            """)
    Optional<String> find(@Bind("key") String key);

    @SqlQuery(
            """
            SELECT EXISTS (SELECT 1 FROM cache_entries c JOIN runs r ON r.run_id = c.run_id
                            WHERE r.skill_id = :skill AND r.engine = :engine AND r.status = 'succeeded'
                              AND r.removing_at IS NULL)
            """)
    boolean answers(@Bind("skill") String skill, @Bind("engine") String engine);

    @SqlUpdate("INSERT OR REPLACE INTO cache_entries (cache_key, run_id, created_at) VALUES (:key, :runId, :now)")
    void put(@Bind("key") String key, @Bind("runId") String runId, @Bind("now") String now);

    @SqlUpdate("DELETE FROM cache_entries WHERE cache_key = :key")
    void remove(@Bind("key") String key);
}
