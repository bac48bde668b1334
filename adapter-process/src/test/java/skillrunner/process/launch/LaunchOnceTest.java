package skillrunner.process.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.process.AgentProcesses.State;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.process.table.ProcessIdentity;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(ProcessIsolation.class)
class LaunchOnceTest extends ProcessTestBed {
    private static final int RACERS = 6;

    LaunchOnceTest(ProcessIsolation isolation, @TempDir Path folder) {
        super(isolation, folder);
    }

    @Test
    void a_second_launch_has_no_effect_while_the_first_works() throws Exception {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script("echo first; until [ -e go ]; do sleep 0.02; done"));
        ProcessIdentity shim = attempt.shim();

        processes.launch(attempt.script("echo second"));
        attempt.make("go");

        assertThat(exitCode(attempt)).isZero();
        assertThat(attempt.stdout()).isEqualTo("first\n");
        assertThat(attempt.shim()).isEqualTo(shim);
    }

    @Test
    void a_second_launch_has_no_effect_after_the_end_of_the_first() throws Exception {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script("echo first; exit 4"));
        assertThat(exitCode(attempt)).isEqualTo(4);

        processes.launch(attempt.script("echo second"));

        eventually(() -> attempt.carriers().isEmpty());
        assertThat(processes.state(attempt.process())).isEqualTo(new State.Exited(4));
        assertThat(attempt.stdout()).isEqualTo("first\n");
    }

    @RepeatedTest(8)
    void of_launches_that_race_one_has_an_effect_and_none_fails() throws Exception {
        TestAttempt attempt = attempt();
        CyclicBarrier start = new CyclicBarrier(RACERS);
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        try {
            List<Callable<Void>> racers = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                racers.add(() -> {
                    start.await();
                    processes.launch(attempt.script("echo started"));
                    return null;
                });
            }
            for (Future<Void> racer : threads.invokeAll(racers)) {
                racer.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(exitCode(attempt)).isZero();
        eventually(() -> attempt.carriers().isEmpty());
        assertThat(attempt.stdout()).isEqualTo("started\n");
    }

    @Test
    void a_launch_waits_for_one_that_has_claimed_the_attempt_but_not_said_yet_who_it_is() throws Exception {
        TestAttempt attempt = attempt();
        Files.createFile(Path.of(attempt.files().processRecord() + ".claim"));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> launch = thread.submit(() -> processes.launch(attempt.script("echo second")));
            eventually(() -> Files.exists(Path.of(attempt.files().stdout()))
                    && attempt.carriers().isEmpty());
            Files.writeString(Path.of(attempt.files().processRecord()), "{\"pid\":1,\"start\":\"first\"}\n");
            launch.get();
        } finally {
            thread.shutdownNow();
        }

        assertThat(attempt.stdout()).isEmpty();
    }
}
