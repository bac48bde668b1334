package skillrunner.sqlite.run;

import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code idempotency_keys} and, to find a key, on the requests that still hold their own. */
@RegisterConstructorMapper(KeyRow.class)
interface KeyDao {
    @SqlQuery(
            """
            SELECT idempotency_key, question, request_id, cache_hit, status, warnings
              FROM idempotency_keys WHERE idempotency_key = :key
            UNION ALL
            SELECT idempotency_key, question, request_id, 0, told_status, warnings
              FROM temp_requests WHERE idempotency_key = :key
            """)
    Optional<KeyRow> find(@Bind("key") String key);

    @SqlUpdate(
            """
            INSERT INTO idempotency_keys (idempotency_key, question, request_id, cache_hit, status, warnings)
            VALUES (:idempotencyKey, :question, :requestId, :cacheHit, :status, :warnings)
            """)
    void insert(@BindMethods KeyRow row);
}
