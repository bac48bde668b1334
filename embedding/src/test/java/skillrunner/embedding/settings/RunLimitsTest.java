package skillrunner.embedding.settings;

import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RunLimitsTest {
    /** Who reads four numbers from a file has to be told which one can't be. */
    @Test
    void a_limit_is_at_least_one_and_is_named() {
        refused("slots", () -> new RunLimits(0, 1, 1, 1, RunLimits.QUOTA));
        refused("maxQueued", () -> new RunLimits(1, 0, 1, 1, RunLimits.QUOTA));
        refused("hardTimeoutSeconds", () -> new RunLimits(1, 1, 0, 1, RunLimits.QUOTA));
        refused("sessionTimeoutSeconds", () -> new RunLimits(1, 1, 1, 0, RunLimits.QUOTA));
        refused("slots", () -> RunLimits.ofThisMachine().withSlots(0));
    }

    private static void refused(String name, ThrowableAssert.ThrowingCallable made) {
        assertThatIllegalArgumentException().isThrownBy(made).withMessage(name + " must be at least 1, and is 0");
    }
}
