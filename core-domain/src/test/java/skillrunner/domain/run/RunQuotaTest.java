package skillrunner.domain.run;

import java.util.Optional;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RunQuotaTest {
    private static final RunQuota QUOTA = new RunQuota(10, 20, 30, 40, 50);

    @ParameterizedTest
    @CsvSource({
        "10, 20, 30, 40, 50,",
        "11, 20, 30, 40, 50, OUTPUT_LIMIT_EXCEEDED",
        "10, 21, 30, 40, 50, FILE_LIMIT_EXCEEDED",
        "10, 20, 31, 40, 50, FILE_LIMIT_EXCEEDED",
        "10, 20, 30, 41, 50, PROCESS_LIMIT_EXCEEDED",
        "10, 20, 30, 40, 51, MEMORY_LIMIT_EXCEEDED",
        "99, 99, 99, 99, 99, PROCESS_LIMIT_EXCEEDED",
        "99, 99, 99, 40, 99, MEMORY_LIMIT_EXCEEDED",
        "99, 99, 99, 40, 50, OUTPUT_LIMIT_EXCEEDED"
    })
    void a_limit_may_be_met_and_not_exceeded(
            long output, long bytes, long files, long processes, long memory, RunFailureCode breach) {
        RunUsage usage =
                RunUsage.NONE.withOutput(output).withWorkspace(bytes, files).withProcesses(processes, memory);

        assertThat(QUOTA.breach(usage)).isEqualTo(Optional.ofNullable(breach));
        assertThat(RunQuota.UNLIMITED.breach(usage)).isEmpty();
    }

    @Test
    void nothing_is_looked_at_that_is_not_limited() {
        assertThat(RunQuota.UNLIMITED.limitsProcesses()).isFalse();
        assertThat(RunQuota.UNLIMITED.limitsWorkspace()).isFalse();
        assertThat(new RunQuota(0, 0, 0, 1, 0).limitsProcesses()).isTrue();
        assertThat(new RunQuota(0, 0, 0, 0, 1).limitsProcesses()).isTrue();
        assertThat(new RunQuota(0, 1, 0, 0, 0).limitsWorkspace()).isTrue();
        assertThat(new RunQuota(0, 0, 1, 0, 0).limitsWorkspace()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10, 20, 20", "30, 20, 30", "0, 20, 0", "10, 0, 0"})
    void no_file_may_be_larger_than_what_is_allowed_anywhere(long output, long workspace, long largest) {
        assertThat(new RunQuota(output, workspace, 0, 0, 0).largestFileBytes()).isEqualTo(largest);
    }

    @Test
    void a_limit_is_not_negative_and_is_named() {
        refused("outputBytes", () -> new RunQuota(-7, 0, 0, 0, 0));
        refused("workspaceBytes", () -> new RunQuota(0, -7, 0, 0, 0));
        refused("workspaceFiles", () -> new RunQuota(0, 0, -7, 0, 0));
        refused("processes", () -> new RunQuota(0, 0, 0, -7, 0));
        refused("memoryBytes", () -> new RunQuota(0, 0, 0, 0, -7));
    }

    private static void refused(String name, ThrowableAssert.ThrowingCallable made) {
        assertThatIllegalArgumentException().isThrownBy(made).withMessage(name + " can't be negative, and is -7");
    }
}
