package skillrunner.domain.skill;

/**
 * The next state of a stored installation, and the one it was made from: the only thing that a store takes for a change. A
 * store accepts it if, at that moment, {@link #appliesTo} holds for what it has stored; of several that race, so, one wins,
 * and an end is never followed by anything.
 *
 * @param before the installation as whoever changed it knew it
 * @param after what is to be stored; by {@link InstallLifecycle#TABLE} it may follow
 */
public record InstallChange(SkillInstall before, SkillInstall after) {
    /** Refuses what the table does not make, and what follows on another installation. */
    public InstallChange {
        if (!before.id().equals(after.id()) || !InstallLifecycle.TABLE.leads(before.status(), after.status())) {
            throw new IllegalArgumentException(
                    before.id() + " " + before.status().wire() + "->" + after.id() + " "
                            + after.status().wire());
        }
    }

    /**
     * Tells whether the change may still be made: nobody else may have moved the installation or said what is in it since.
     *
     * @param stored the installation as it is stored now
     * @return whether the change is to be stored
     */
    public boolean appliesTo(SkillInstall stored) {
        return stored.id().equals(before.id())
                && stored.status() == before.status()
                && stored.skill().equals(before.skill())
                && stored.version().equals(before.version());
    }
}
