package skillrunner.testkit.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.run.CoreOnFakes;

/** Asks for a run, maybe for its end, looks at it until it has ended, and reads its result. Tries again whatever fails. */
final class Client {
    private static final int TRIES = 60;

    private final Draws draws;
    private final Scheduler scheduler;
    private final World world;
    private final int number;

    Client(Draws draws, Scheduler scheduler, World world, int number) {
        this.draws = draws;
        this.scheduler = scheduler;
        this.world = world;
        this.number = number;
    }

    void visit() {
        scheduler.sleep(Duration.ofMillis(draws.between(0, 60_000)));
        Optional<IdempotencyKey> key =
                draws.of(true, false) ? Optional.of(new IdempotencyKey("key-" + number)) : Optional.empty();
        Optional<RequestId> request = create(key);
        if (request.isEmpty()) {
            return;
        }
        if (draws.of(true, false, false)) {
            scheduler.sleep(Duration.ofMillis(draws.between(0, 30_000)));
            cancel(request.get());
        }
        if (draws.of(true, true, true, false)) {
            lookUntilEnd(request.get());
        }
    }

    private Optional<RequestId> create(Optional<IdempotencyKey> key) {
        CreateRunCommand command = new CreateRunCommand(
                "demo",
                "codex",
                Map.of(),
                Map.of(),
                Optional.empty(),
                draws.of(Map.of(), Map.of("no_cache", true)),
                false);
        for (int i = 0; i < TRIES; i++) {
            Asked<RequestId> asked =
                    ask(server -> server.createRun.create(command, key).request());
            if (asked.answer != null) {
                world.acknowledged(asked.answer, key);
                return Optional.of(asked.answer);
            }
            if (key.isEmpty() && asked.reply == Reply.LOST) {
                // It may have been accepted; without a key nobody can ask.
                return Optional.empty();
            }
            scheduler.sleep(Duration.ofMillis(draws.between(100, 20_000)));
        }
        return Optional.empty();
    }

    private void cancel(RequestId request) {
        for (int i = 0; i < TRIES; i++) {
            Asked<CancelRun.Outcome> asked = ask(server -> server.cancelRun.cancel(request));
            if (asked.answer != null) {
                if (asked.answer.accepted()) {
                    world.promisedEnd(asked.answer.run());
                }
                return;
            }
            scheduler.sleep(Duration.ofMillis(draws.between(100, 5_000)));
        }
    }

    private void lookUntilEnd(RequestId request) {
        while (true) {
            Asked<FindRun.Found> asked = ask(server -> server.findRun.find(request));
            if (asked.reply == Reply.REFUSED) {
                throw new AssertionError("the accepted request " + request + " is not known any more");
            }
            if (asked.answer != null && asked.answer.run().status().isTerminal()) {
                readResult(asked.answer);
                return;
            }
            scheduler.sleep(Duration.ofMillis(draws.between(500, 30_000)));
        }
    }

    private void readResult(FindRun.Found found) {
        for (int i = 0; i < TRIES; i++) {
            Asked<Long> asked = ask(server ->
                    server.readRunResult.read(found.run(), Simulation::says).size());
            if (asked.answer != null) {
                return;
            }
            if (asked.reply == Reply.REFUSED && found.run().status() == RunStatus.SUCCEEDED) {
                throw new AssertionError("the result of " + found.run().id() + " is gone");
            }
            scheduler.sleep(Duration.ofMillis(draws.between(500, 5_000)));
        }
    }

    private enum Reply {
        ANSWERED,
        /** The server said no and has done nothing. */
        REFUSED,
        /** There was no server. */
        UNSENT,
        /** The server failed or died meanwhile: it may have done what was asked. */
        LOST
    }

    private record Asked<T>(Reply reply, @Nullable T answer) {}

    private <T> Asked<T> ask(Function<CoreOnFakes.Server, T> question) {
        Optional<CoreOnFakes.Server> server = world.server();
        if (server.isEmpty()) {
            return new Asked<>(Reply.UNSENT, null);
        }
        AtomicReference<T> answer = new AtomicReference<>();
        try {
            scheduler.within(world.life(), () -> answer.set(question.apply(server.get())));
            return new Asked<>(Reply.ANSWERED, answer.get());
        } catch (RefusedException e) {
            world.trace("client " + number + " is refused: " + e.getMessage());
            return new Asked<>(Reply.REFUSED, null);
        } catch (ServerDied e) {
            world.trace("client " + number + " loses the connection");
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            world.trace("client " + number + " meets " + e);
        }
        return new Asked<>(Reply.LOST, null);
    }
}
