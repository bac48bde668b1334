package skillrunner.http.skill;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.InstallStatus;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillInstall;

/** How an installation stands. */
record SkillInstallJson(
        InstallId requestId,
        InstallStatus status,
        Instant createdAt,
        Instant updatedAt,
        @Nullable SkillId skillId,
        @Nullable String version,
        @Nullable InstallAction action,
        @Nullable String error) {

    /** An installation that was just accepted. */
    record Created(InstallId requestId, InstallStatus status) {
        static Created of(SkillInstall install) {
            return new Created(install.id(), install.status());
        }
    }

    static SkillInstallJson of(SkillInstall install) {
        return new SkillInstallJson(
                install.id(),
                install.status(),
                install.createdAt(),
                install.updatedAt(),
                install.skill().orElse(null),
                install.version().orElse(null),
                install.action().orElse(null),
                install.error().orElse(null));
    }
}
