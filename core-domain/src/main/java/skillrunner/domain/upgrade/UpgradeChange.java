package skillrunner.domain.upgrade;

/**
 * The next state of a stored task, and the one it was made from: the only thing that a store takes for a change. A store
 * accepts it if, at that moment, {@link #appliesTo} holds for what it has stored; of several that race, so, one wins, and an
 * end is never followed by anything.
 *
 * @param before the task as whoever changed it knew it
 * @param after what is to be stored; by {@link UpgradeLifecycle#TABLE} it may follow
 */
public record UpgradeChange(UpgradeTask before, UpgradeTask after) {
    /** Refuses what the table does not make, and what follows on another task. */
    public UpgradeChange {
        if (!before.id().equals(after.id()) || !UpgradeLifecycle.TABLE.leads(before.status(), after.status())) {
            throw new IllegalArgumentException(
                    before.id() + " " + before.status().wire() + "->" + after.id() + " "
                            + after.status().wire());
        }
    }

    /**
     * Tells whether the change may still be made: nobody else may have moved the task or added a result since.
     *
     * @param stored the task as it is stored now
     * @return whether the change is to be stored
     */
    public boolean appliesTo(UpgradeTask stored) {
        return stored.id().equals(before.id())
                && stored.status() == before.status()
                && stored.results().equals(before.results());
    }
}
