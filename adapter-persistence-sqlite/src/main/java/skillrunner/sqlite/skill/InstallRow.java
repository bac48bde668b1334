package skillrunner.sqlite.skill;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.InstallStatus;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.sqlite.file.TimestampColumns;

/** A row of {@code skill_installs}; the only place that turns one into an installation and back. */
public record InstallRow(
        String requestId,
        String status,
        @Nullable String skillId,
        @Nullable String version,
        @Nullable String action,
        @Nullable String error,
        String createdAt,
        String updatedAt) {

    static InstallRow of(SkillInstall install) {
        return new InstallRow(
                install.id().value(),
                install.status().wire(),
                install.skill().map(SkillId::value).orElse(null),
                install.version().orElse(null),
                install.action().map(InstallAction::wire).orElse(null),
                install.error().orElse(null),
                TimestampColumns.text(install.createdAt()),
                TimestampColumns.text(install.updatedAt()));
    }

    SkillInstall toInstall() {
        return new SkillInstall(
                new InstallId(requestId),
                InstallStatus.of(status),
                Optional.ofNullable(skillId).map(SkillId::new),
                Optional.ofNullable(version),
                Optional.ofNullable(action).map(InstallAction::of),
                Optional.ofNullable(error),
                TimestampColumns.moment(createdAt),
                TimestampColumns.moment(updatedAt));
    }
}
