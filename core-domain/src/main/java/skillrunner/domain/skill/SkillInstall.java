package skillrunner.domain.skill;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One uploaded package on its way to an installed skill. A value: each change is a new one, and each change of status goes
 * through {@link InstallLifecycle#TABLE}.
 *
 * @param id names the installation
 * @param status where it stands
 * @param skill the skill in the package, once the package was checked
 * @param version the version in the package as spelled there, once the package was checked
 * @param action what was done, once it succeeded
 * @param error why it failed, as a sentence for people
 * @param createdAt when the archive was accepted
 * @param updatedAt when anything here last changed
 */
public record SkillInstall(
        InstallId id,
        InstallStatus status,
        Optional<SkillId> skill,
        Optional<String> version,
        Optional<InstallAction> action,
        Optional<String> error,
        Instant createdAt,
        Instant updatedAt) {
    private static final int MOST_ERROR_CHARACTERS = 4_000;

    /** Refuses null parts and cuts a long error. */
    public SkillInstall {
        Objects.requireNonNull(id);
        Objects.requireNonNull(status);
        Objects.requireNonNull(skill);
        Objects.requireNonNull(version);
        Objects.requireNonNull(action);
        error = error.map(text -> text.length() <= MOST_ERROR_CHARACTERS
                ? text
                : text.substring(0, MOST_ERROR_CHARACTERS - 1) + "\u2026");
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(updatedAt);
    }

    /**
     * An installation that waits for its start.
     *
     * @param id names it
     * @param now when
     * @return the installation
     */
    public static SkillInstall queued(InstallId id, Instant now) {
        return new SkillInstall(
                id,
                InstallLifecycle.TABLE.initial(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                now);
    }

    /**
     * The archive is about to be unpacked.
     *
     * @param now when
     * @return the installation after it
     */
    public SkillInstall start(Instant now) {
        return on(InstallLifecycle.Event.STARTED, action, error, now);
    }

    /**
     * The package was checked, and this is what it holds.
     *
     * @param found the skill
     * @param spelled its version
     * @param now when
     * @return the installation after it
     * @throws IllegalStateException if it is not running
     */
    public SkillInstall identified(SkillId found, String spelled, Instant now) {
        if (status != InstallStatus.RUNNING) {
            throw new IllegalStateException("nothing is identified while " + status.wire());
        }
        return new SkillInstall(id, status, Optional.of(found), Optional.of(spelled), action, error, createdAt, now);
    }

    /**
     * The package is in its place.
     *
     * @param done what was done
     * @param now when
     * @return the installation after it
     */
    public SkillInstall succeed(InstallAction done, Instant now) {
        return on(InstallLifecycle.Event.PUBLISHED, Optional.of(done), error, now);
    }

    /**
     * The package was turned down.
     *
     * @param reason why
     * @param now when
     * @return the installation after it
     */
    public SkillInstall fail(String reason, Instant now) {
        return on(InstallLifecycle.Event.REJECTED, action, Optional.of(reason), now);
    }

    /**
     * The work broke off.
     *
     * @param reason why
     * @param now when
     * @return the installation after it
     */
    public SkillInstall abandon(String reason, Instant now) {
        return on(InstallLifecycle.Event.ABANDONED, action, Optional.of(reason), now);
    }

    private SkillInstall on(
            InstallLifecycle.Event event, Optional<InstallAction> done, Optional<String> reason, Instant now) {
        return new SkillInstall(
                id, InstallLifecycle.TABLE.apply(status, event), skill, version, done, reason, createdAt, now);
    }
}
