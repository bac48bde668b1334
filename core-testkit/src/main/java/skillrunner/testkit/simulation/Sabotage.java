package skillrunner.testkit.simulation;

/** A fault that is planted in a simulation, to see that the simulation finds its kind. */
public enum Sabotage {
    /** Nothing is planted. */
    NONE,
    /** A result is called written before it is safe, so it is gone after a crash. */
    RESULT_BEFORE_SYNC,
    /** The final status can be seen a moment before the result. */
    STATUS_BEFORE_RESULT,
    /** The task that carries a run is lost now and then, and its slot with it. */
    FORGOTTEN_SLOT,
    /** A restarted server does not see the process of its predecessor and starts another. */
    DOUBLE_START,
    /** The wish to end a run is accepted and not stored. */
    LOST_WISH,
    /** A request is accepted and not stored. */
    LOST_ACCEPTANCE,
    /** Processes are called ended that go on. */
    DEAF_STOP,
    /** The output is proven before all of it is there. */
    EARLY_RECEIPT;
}
