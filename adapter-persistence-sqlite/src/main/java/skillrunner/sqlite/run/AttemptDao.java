package skillrunner.sqlite.run;

import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code run_attempts}. */
@RegisterConstructorMapper(AttemptRow.class)
interface AttemptDao {
    @SqlQuery("SELECT * FROM run_attempts WHERE run_id = :runId AND attempt = :attempt")
    Optional<AttemptRow> find(@Bind("runId") String runId, @Bind("attempt") int attempt);

    @SqlUpdate(
            """
            INSERT OR REPLACE INTO run_attempts (run_id, attempt, started_at, hard_deadline, hard_timeout_seconds,
                                                 output_schema, required_artifacts, process_pid, process_start,
                                                 process_isolation, max_attempt, session, stop_reason, exit_code,
                                                 stdout_bytes, stdout_sha256, stderr_bytes, stderr_sha256, ended_at,
                                                 processes_ended, engine_told, interactive_kind)
            VALUES (:runId, :attempt, :startedAt, :hardDeadline, :hardTimeoutSeconds, :outputSchema,
                    :requiredArtifacts, :processPid, :processStart, :processIsolation, :maxAttempt, :session, :stopReason, :exitCode, :stdoutBytes, :stdoutSha256, :stderrBytes,
                    :stderrSha256, :endedAt, :processesEnded, :engineTold, :interactiveKind)
            """)
    void save(@BindMethods AttemptRow row);
}
