package skillrunner.application.model;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import skillrunner.application.engine.CliProbe;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.VersionStatement;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;

/** Versions that are remembered. */
class CachedCliVersionsTest {
    private final DeferredBackgroundTasks background = new DeferredBackgroundTasks();
    private final ManualClock clock = new ManualClock();
    private final Machine machine = new Machine();
    private final CachedCliVersions versions = new CachedCliVersions(machine, background, clock);

    @Test
    void a_program_is_asked_once() {
        machine.has(EngineId.CODEX, "file 1", "0.89.0");

        assertThat(version()).isEqualTo("0.89.0");
        assertThat(version()).isEqualTo("0.89.0");
        assertThat(machine.asked).isEqualTo(1);
    }

    @Test
    void another_file_is_asked_at_once() {
        machine.has(EngineId.CODEX, "file 1", "0.89.0");
        version();
        machine.has(EngineId.CODEX, "file 2", "0.99.0");

        assertThat(version()).isEqualTo("0.99.0");
    }

    @Test
    void an_old_answer_is_given_while_the_program_is_asked_again() {
        machine.has(EngineId.CODEX, "file 1", "0.89.0");
        version();
        machine.has(EngineId.CODEX, "file 1", "0.99.0");
        clock.advance(Duration.ofSeconds(61));

        assertThat(version()).isEqualTo("0.89.0");
        background.runAll();
        assertThat(version()).isEqualTo("0.99.0");
    }

    @Test
    void what_is_forgotten_is_asked_again() {
        machine.has(EngineId.CODEX, "file 1", "0.89.0");
        version();
        machine.has(EngineId.CODEX, "file 1", "0.99.0");
        versions.forget(EngineId.CODEX);

        assertThat(version()).isEqualTo("0.99.0");
    }

    @Test
    void an_answer_that_was_overtaken_by_an_upgrade_is_not_remembered() {
        machine.has(EngineId.CODEX, "file 1", "0.89.0");
        machine.whileAsked = () -> {
            machine.whileAsked = () -> {};
            versions.forget(EngineId.CODEX);
            machine.has(EngineId.CODEX, "file 1", "0.99.0");
        };

        assertThat(version()).isEqualTo("0.89.0");
        assertThat(version()).isEqualTo("0.99.0");
    }

    @Test
    void without_a_program_nobody_is_asked() {
        assertThat(versions.detect(EngineId.CODEX)).isEmpty();
        versions.ahead(List.of(EngineId.CODEX));
        background.runAll();

        assertThat(machine.asked).isZero();
    }

    @Test
    void asking_ahead_leaves_nothing_to_wait_for() {
        machine.has(EngineId.CODEX, "file 1", "0.89.0");
        versions.ahead(List.of(EngineId.CODEX, EngineId.GEMINI));
        background.runAll();
        machine.whileAsked = () -> {
            throw new AssertionError("asked again");
        };

        assertThat(version()).isEqualTo("0.89.0");
    }

    @Test
    void who_comes_while_a_program_is_asked_waits_for_the_same_answer() throws InterruptedException {
        machine.has(EngineId.CODEX, "file 1", "0.89.0");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        machine.whileAsked = () -> {
            begun.countDown();
            await(go);
        };
        CompletableFuture<String> first = CompletableFuture.supplyAsync(this::version);
        begun.await();
        CompletableFuture<String> second = CompletableFuture.supplyAsync(this::version);
        go.countDown();

        assertThat(first.join()).isEqualTo("0.89.0");
        assertThat(second.join()).isEqualTo("0.89.0");
        assertThat(machine.asked).isEqualTo(1);
    }

    @Test
    void who_does_not_want_to_wait_does_not_and_the_answer_is_there_for_the_next_one() {
        machine.has(EngineId.CODEX, "file 1", "0.89.0");

        assertThat(atOnce()).isEmpty();
        background.runAll();
        assertThat(atOnce()).map(CliVersion::text).contains("0.89.0");
        assertThat(machine.asked).isEqualTo(1);
    }

    @Test
    void an_answer_of_another_file_is_not_given_to_who_does_not_wait() {
        machine.has(EngineId.CODEX, "file 1", "2.0.0");
        version();
        machine.has(EngineId.CODEX, "file 2", "1.0.0");

        assertThat(atOnce()).isEmpty();
        background.runAll();
        assertThat(atOnce()).map(CliVersion::text).contains("1.0.0");
    }

    @Test
    void who_waits_a_while_gets_the_answer_of_who_asks_already() throws InterruptedException {
        machine.has(EngineId.CODEX, "file 1", "0.89.0");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        machine.whileAsked = () -> {
            begun.countDown();
            await(go);
        };
        CompletableFuture<String> first = CompletableFuture.supplyAsync(this::version);
        begun.await();
        assertThat(atOnce()).isEmpty();
        CompletableFuture<Optional<CliVersion>> second =
                CompletableFuture.supplyAsync(() -> versions.evident(EngineId.CODEX, Duration.ofMinutes(5)));
        go.countDown();

        assertThat(second.join()).map(CliVersion::text).contains(first.join());
        assertThat(machine.asked).isEqualTo(1);
    }

    @Test
    void without_a_program_who_does_not_wait_asks_nobody() {
        assertThat(atOnce()).isEmpty();
        background.runAll();

        assertThat(machine.asked).isZero();
    }

    @Test
    void numbers_in_other_words_are_shown_and_nothing_is_refused_on_them() {
        machine.has(EngineId.CODEX, "file 1", "127.0.0.1");
        machine.hidden = true;

        assertThat(version()).isEqualTo("127.0.0.1");
        assertThat(atOnce()).isEmpty();
    }

    private Optional<CliVersion> atOnce() {
        return versions.evident(EngineId.CODEX, Duration.ZERO);
    }

    private String version() {
        return versions.detect(EngineId.CODEX).map(CliVersion::text).orElse("none");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A machine with programs. */
    private static final class Machine implements CliProbe {
        private final Map<EngineId, String> identities = new HashMap<>();
        private final Map<EngineId, String> answers = new HashMap<>();
        private Runnable whileAsked = () -> {};
        private boolean hidden;
        private int asked;

        void has(EngineId engine, String identity, String version) {
            identities.put(engine, identity);
            answers.put(engine, version);
        }

        @Override
        public Optional<String> identity(EngineId engine) {
            return Optional.ofNullable(identities.get(engine));
        }

        @Override
        public Optional<VersionStatement> ask(EngineId engine) {
            asked++;
            Optional<VersionStatement> answer = Optional.ofNullable(answers.get(engine))
                    .map(text -> new VersionStatement(text, new CliVersion(text), !hidden));
            whileAsked.run();
            return answer;
        }
    }
}
