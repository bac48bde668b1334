package skillrunner.application.skill;

import java.util.List;
import java.util.Optional;
import skillrunner.domain.skill.InstallId;
import skillrunner.domain.skill.SkillInstall;

/**
 * Remembers installations across restarts; none is ever removed. What a method returned from is on disk. Implementations
 * are safe for concurrent use.
 *
 * <p>A method that writes throws {@link skillrunner.application.storage.StorageFullException} if the disk is full; then
 * nothing was changed.
 */
public interface SkillInstalls {
    /**
     * Stores a new installation.
     *
     * @param install a queued installation with an id that was never stored
     */
    void add(SkillInstall install);

    /**
     * Stores the next state of an installation if the stored one still has the status it had before; check and update are
     * one atomic step.
     *
     * @param before the state the next one was made from
     * @param after the next state
     * @return false if the stored installation has moved on or there is none; then nothing was changed
     */
    boolean save(SkillInstall before, SkillInstall after);

    /**
     * Finds an installation.
     *
     * @param id its id
     * @return the installation, or empty
     */
    Optional<SkillInstall> find(InstallId id);

    /**
     * Lists the installations that have not ended.
     *
     * @return the queued and running ones, oldest first
     */
    List<SkillInstall> open();
}
