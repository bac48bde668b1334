package skillrunner.client;

/** What a run's receipt says about what was followed. */
public enum Proof {
    /** Both outputs are as long as the receipt says, with the digests it says: nothing is missing or changed. */
    PROVEN,

    /** There is no receipt: no process has been started, or the run waits for an answer. */
    NO_RECEIPT,

    /** The outputs were not followed. */
    NOT_FOLLOWED,

    /** What arrived is not what the receipt says. */
    MISMATCH
}
