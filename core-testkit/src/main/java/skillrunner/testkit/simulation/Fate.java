package skillrunner.testkit.simulation;

import skillrunner.domain.run.RunStatus;

/** What an agent does with its run. */
enum Fate {
    /** Asks its user. */
    ASKS(RunStatus.WAITING_USER),
    /** Answers as it should. */
    ANSWERS(RunStatus.SUCCEEDED),
    /** Answers something that fits no schema. */
    ANSWERS_BADLY(RunStatus.FAILED),
    /** Gives up. */
    GIVES_UP(RunStatus.FAILED),
    /** Is killed; its shim tells of it. */
    IS_KILLED(RunStatus.FAILED),
    /** Is killed together with its shim, so nobody tells of it. */
    VANISHES(RunStatus.FAILED),
    /** Its shim is killed, and it goes on until it is ended. */
    LOSES_ITS_SHIM(RunStatus.FAILED),
    /** Goes on until it is ended. */
    GOES_ON(RunStatus.FAILED),
    /** Goes on, and is not ended at once. */
    CLINGS(RunStatus.FAILED);

    private final RunStatus status;

    Fate(RunStatus status) {
        this.status = status;
    }

    /** How its run ends, if nobody comes between. */
    RunStatus status() {
        return status;
    }
}
