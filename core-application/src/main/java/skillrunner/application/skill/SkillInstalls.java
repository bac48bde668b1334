package skillrunner.application.skill;

import java.util.List;
import java.util.Optional;
import skillrunner.domain.skill.InstallChange;
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
     * Stores an installation's next state if {@link InstallChange#appliesTo} holds for what is stored; one atomic step.
     *
     * @param change the next state, and the one it was made from
     * @return false if the installation has moved on or there is none; then nothing was changed
     */
    boolean save(InstallChange change);

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
