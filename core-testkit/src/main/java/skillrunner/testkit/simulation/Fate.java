package skillrunner.testkit.simulation;

import skillrunner.domain.run.RunStatus;

/** What an agent does with its run. */
enum Fate {
    /** Answers as it should. */
    ANSWERS(RunStatus.SUCCEEDED),
    /** Answers something that fits no schema. */
    ANSWERS_BADLY(RunStatus.FAILED),
    /** Gives up. */
    GIVES_UP(RunStatus.FAILED),
    /** Is gone without an exit code: it or its shim was killed. */
    VANISHES(RunStatus.FAILED),
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
