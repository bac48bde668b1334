package skillrunner.sqlite.run;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code temp_requests}. */
@RegisterConstructorMapper(TempRequestRow.class)
interface TempRequestDao {
    @SqlQuery("SELECT * FROM temp_requests WHERE request_id = :requestId AND removing_at IS NULL")
    Optional<TempRequestRow> find(@Bind("requestId") String requestId);

    /** Few wait at any time: who never sends a package is removed by the sweep. */
    @SqlQuery(
            """
            SELECT * FROM temp_requests
             WHERE removing_at IS NULL AND created_at >= :since AND (:engine IS NULL OR engine = :engine)
             ORDER BY seq DESC LIMIT :limit
            """)
    List<TempRequestRow> newest(
            @Bind("since") String since, @Bind("engine") @Nullable String engine, @Bind("limit") int limit);

    @SqlUpdate(
            """
            INSERT INTO temp_requests (request_id, engine, model, model_effort, input, parameter, runtime_options, status,
                                       rejection_code, rejection_message, idempotency_key, question, told_status,
                                       warnings, created_at, updated_at)
            VALUES (:requestId, :engine, :model, :modelEffort, :input, :parameter, :runtimeOptions, :status,
                    :rejectionCode, :rejectionMessage, :idempotencyKey, :question, :toldStatus, :warnings, :createdAt,
                    :updatedAt)
            """)
    void insert(@BindMethods TempRequestRow row);

    @SqlUpdate(
            """
            UPDATE temp_requests SET status = :status, rejection_code = :rejectionCode,
                                     rejection_message = :rejectionMessage, updated_at = :updatedAt
             WHERE request_id = :requestId AND removing_at IS NULL
            """)
    int reject(@BindMethods TempRequestRow row);

    /** Needs a row of the request of its run. */
    @SqlUpdate(
            """
            INSERT INTO idempotency_keys (idempotency_key, question, request_id, cache_hit, status, warnings)
            SELECT idempotency_key, question, request_id, 0, told_status, warnings
              FROM temp_requests
             WHERE request_id = :requestId AND idempotency_key IS NOT NULL
            """)
    void handOverKey(@Bind("requestId") String requestId);

    @SqlUpdate("DELETE FROM temp_requests WHERE request_id = :requestId")
    int remove(@Bind("requestId") String requestId);
}
