package skillrunner.http.skill;

import org.jspecify.annotations.Nullable;
import skillrunner.domain.skill.InstallAction;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.skill.SkillInstall;
import skillrunner.http.WireFormat;

/** How an installation stands. */
record SkillInstallJson(
        String requestId,
        String status,
        String createdAt,
        String updatedAt,
        @Nullable String skillId,
        @Nullable String version,
        @Nullable String action,
        @Nullable String error) {

    /** An installation that was just accepted. */
    record Created(String requestId, String status) {
        static Created of(SkillInstall install) {
            return new Created(install.id().value(), install.status().wire());
        }
    }

    static SkillInstallJson of(SkillInstall install) {
        return new SkillInstallJson(
                install.id().value(),
                install.status().wire(),
                WireFormat.moment(install.createdAt()),
                WireFormat.moment(install.updatedAt()),
                install.skill().map(SkillId::value).orElse(null),
                install.version().orElse(null),
                install.action().map(InstallAction::wire).orElse(null),
                install.error().orElse(null));
    }
}
