package skillrunner.sqlite.run;

import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code requests}. */
@RegisterConstructorMapper(RequestRow.class)
interface RequestDao {
    @SqlQuery("SELECT * FROM requests WHERE request_id = :requestId AND removing_at IS NULL")
    Optional<RequestRow> find(@Bind("requestId") String requestId);

    /** Stores a request, or binds a stored one that has no run yet. @return 0 if it has a run already */
    @SqlUpdate(
            """
            INSERT INTO requests (request_id, kind, skill_id, engine, model, model_effort, input, parameter, runtime_options,
                                  skill_fingerprint, cache_key, run_id, cache_hit, created_at)
            VALUES (:requestId, :kind, :skillId, :engine, :model, :modelEffort, :input, :parameter, :runtimeOptions,
                    :skillFingerprint, :cacheKey, :runId, :cacheHit, :createdAt)
            ON CONFLICT (request_id) DO UPDATE
               SET run_id = excluded.run_id, cache_hit = excluded.cache_hit, cache_key = excluded.cache_key,
                   skill_fingerprint = excluded.skill_fingerprint
             WHERE requests.run_id IS NULL
            """)
    int insertOrBind(@BindMethods RequestRow row);
}
