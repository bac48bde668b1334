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
    EARLY_RECEIPT,
    /** What a killed shim left behind goes on. */
    DEAF_SWEEP,
    /** Output that is there is not given out now and then, so that a client is told of the end before it has everything. */
    STALE_READ,
    /** Artifacts are not brought to the disk before their run succeeds. */
    UNSECURED_ARTIFACTS,
    /** A preparation that was cut off is taken for a whole one. */
    TORN_PREPARATION,
    /** An upload that breaks off is taken for a whole one. */
    TORN_UPLOAD,
    /** A temporary skill is called removed and stays. */
    FORGOTTEN_TEMPORARY_SKILL,
    /** The version a run is about to use is not held. */
    FORGOTTEN_HOLD,
    /** An installation succeeds before its package is in its place. */
    UNPUBLISHED_PACKAGE,
    /** A publication that was cut off is not taken back at the next start. */
    UNREPAIRED_SKILL,
    /** The end of an installation is called stored and is not. */
    LOST_INSTALL_END,
    /** An upgrade is accepted beside another. */
    SECOND_UPGRADE,
    /** An answer counts although there is one. */
    SECOND_DECISION,
    /** An answer is called stored and is not. */
    LOST_ANSWER,
    /** Whose answer came too late is told another one than the one that counts. */
    WRONG_DECISION_TOLD,
    /** The agent is told something else than what was answered. */
    OTHER_ANSWER_GIVEN,
    /** Questions that waited when the server ended are forgotten by the next one. */
    FORGOTTEN_DEADLINE,
    /** A run waits, and its question is not told. */
    UNTOLD_QUESTION,
    /** An answer is not told. */
    UNTOLD_ANSWER,
    /** An answer is told behind the change that it makes. */
    ANSWER_BEHIND_ITS_CHANGE,
    /** An answer is told again. */
    ANSWER_TOLD_TWICE,
    /** An event names bytes that are not there. */
    RANGE_OUTSIDE,
    /** Events name less than all that was written. */
    RANGE_CUT,
    /** An event holds another line than its bytes. */
    WRONG_LINE,
    /** An event does not have the promised form. */
    UNSOUND_EVENT,
    /** An event is not what it was when a client was shown it. */
    CHANGED_EVENT,
    /** Events that are there are not given out now and then, so that a client is told of the end before it has everything. */
    STALE_EVENTS,
    /** An attempt begins twice and never ends. */
    SECOND_START,
    /** An event that a client was shown is gone after a crash. */
    LOST_EVENT,
    /** An engine that keeps running is told an answer twice. */
    LINE_SAID_TWICE,
    /** An engine that keeps running is never told an answer. */
    LINE_NEVER_SAID;

    /** Tells whether it can show in runs alone whose engines keep running while they wait. */
    boolean keeps() {
        return compareTo(LINE_SAID_TWICE) >= 0;
    }

    /** Tells whether it can show in runs that ask their users alone. */
    boolean talks() {
        return compareTo(SECOND_DECISION) >= 0;
    }
}
