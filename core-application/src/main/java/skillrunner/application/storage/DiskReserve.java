package skillrunner.application.storage;

/**
 * A little disk space kept aside, so that a run that filled the disk can still be ended properly. Implementations are
 * safe for concurrent use.
 */
public interface DiskReserve {
    /**
     * Tells whether the disk is so full that running work must stop.
     *
     * @return true if less than the threshold is free
     */
    boolean exhausted();

    /**
     * Counts how often the disk was found exhausted. Whoever compares two counts learns of a shortage that has passed
     * meanwhile.
     *
     * @return how many shortages have begun since this server started; never less than before
     */
    long shortages();

    /**
     * Tells whether the data directory is there and takes what is written to it.
     *
     * @return false if it is missing, read-only or out of order
     */
    boolean writable();

    /**
     * Tells whether the room is kept aside. Where it is not, it belongs to the writes that end runs, and whatever can wait is not
     * written.
     *
     * @return false from {@link #release} until there is room again, and where there never was
     */
    boolean isHeld();

    /** Gives the reserved space free, for the writes that end a run. Does nothing if it is free already. */
    void release();

    /** Takes the reserve again once there is room for it. Does nothing otherwise. */
    void restore();
}
