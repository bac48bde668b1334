package skillrunner.sqlite.skill;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code skill_installs}. */
@RegisterConstructorMapper(InstallRow.class)
interface InstallDao {
    @SqlUpdate(
            """
            INSERT INTO skill_installs (request_id, status, skill_id, version, action, error, created_at, updated_at)
            VALUES (:requestId, :status, :skillId, :version, :action, :error, :createdAt, :updatedAt)
            """)
    void insert(@BindMethods InstallRow row);

    /** Its condition is that of {@link skillrunner.domain.skill.InstallChange#appliesTo}. */
    @SqlUpdate(
            """
            UPDATE skill_installs SET status = :status, skill_id = :skillId, version = :version, action = :action,
                                      error = :error, updated_at = :updatedAt
             WHERE request_id = :requestId AND status = :from AND skill_id IS :fromSkill AND version IS :fromVersion
            """)
    int move(
            @BindMethods InstallRow after,
            @Bind("from") String from,
            @Bind("fromSkill") @Nullable String fromSkill,
            @Bind("fromVersion") @Nullable String fromVersion);

    @SqlQuery("SELECT * FROM skill_installs WHERE request_id = :requestId")
    Optional<InstallRow> find(@Bind("requestId") String requestId);

    @SqlQuery("SELECT * FROM skill_installs WHERE status IN ('queued', 'running') ORDER BY seq")
    List<InstallRow> open();
}
