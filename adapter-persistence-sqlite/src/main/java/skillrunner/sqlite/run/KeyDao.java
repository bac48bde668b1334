package skillrunner.sqlite.run;

import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code idempotency_keys}. */
@RegisterConstructorMapper(KeyRow.class)
interface KeyDao {
    @SqlQuery("SELECT * FROM idempotency_keys WHERE idempotency_key = :key")
    Optional<KeyRow> find(@Bind("key") String key);

    @SqlUpdate(
            """
            INSERT INTO idempotency_keys (idempotency_key, question, request_id, cache_hit, status, warnings)
            VALUES (:idempotencyKey, :question, :requestId, :cacheHit, :status, :warnings)
            """)
    void insert(@BindMethods KeyRow row);
}
