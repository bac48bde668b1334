package skillrunner.testkit.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.admission.CreateTempRunCommand;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.random.Draws;

/**
 * Asks for a run, maybe of a skill of its own, maybe with files, maybe for its end, looks at it or follows it until it has ended, and reads its result.
 * Tries again whatever fails.
 */
final class Client {
    private static final int TRIES = 60;

    private final Draws draws;
    private final Scheduler scheduler;
    private final World world;
    private final int number;
    private final boolean bringsSkill;
    private final Connection connection;

    Client(Draws draws, Scheduler scheduler, World world, int number) {
        this.draws = draws;
        this.scheduler = scheduler;
        this.world = world;
        this.number = number;
        // Without a draw, so that seeds of stories with fewer clients go on telling them.
        this.bringsSkill = number % 3 == 0;
        this.connection = new Connection(scheduler, world, "client " + number);
    }

    void visit() {
        scheduler.sleep(Duration.ofMillis(draws.between(0, 60_000)));
        Optional<IdempotencyKey> key =
                draws.of(true, false) ? Optional.of(new IdempotencyKey("key-" + number)) : Optional.empty();
        boolean withFiles = draws.of(true, false, false) || bringsSkill;
        Optional<RequestId> request = create(key, withFiles);
        if (request.isEmpty() || (withFiles && !send(request.get()))) {
            return;
        }
        if (draws.of(true, false, false)) {
            scheduler.sleep(Duration.ofMillis(draws.between(0, 30_000)));
            cancel(request.get());
        }
        switch (draws.between(0, 4)) {
            case 0 -> world.trace("client " + number + " goes away");
            case 1, 2 -> {
                new Follower(draws, scheduler, connection, request.get(), world).follow();
                lookUntilEnd(request.get());
            }
            default -> lookUntilEnd(request.get());
        }
    }

    private Optional<RequestId> create(Optional<IdempotencyKey> key, boolean withFiles) {
        CreateRunCommand command = new CreateRunCommand(
                Stock.SKILL.value(),
                "codex",
                Map.of(),
                Map.of(),
                Optional.empty(),
                draws.of(Map.of(), Map.of("no_cache", true)),
                withFiles);
        for (int i = 0; i < TRIES; i++) {
            Connection.Asked<RequestId> asked = connection.ask(server -> bringsSkill
                    ? server.runs.createTempRun.create(temporary(command), key).request()
                    : server.runs.createRun.create(command, key).request());
            if (asked.answer() != null) {
                world.acknowledged(asked.answer(), key);
                return Optional.of(asked.answer());
            }
            if (key.isEmpty() && asked.reply() == Connection.Reply.LOST) {
                // It may have been accepted; without a key nobody can ask.
                return Optional.empty();
            }
            scheduler.sleep(Duration.ofMillis(draws.between(100, 20_000)));
        }
        return Optional.empty();
    }

    private static CreateTempRunCommand temporary(CreateRunCommand command) {
        return new CreateTempRunCommand(
                command.engine(), command.input(), command.parameter(), command.model(), command.runtimeOptions());
    }

    /** Each try sends other files, so that nobody can mistake them. @return whether the run has started */
    private boolean send(RequestId request) {
        for (int i = 0; i < TRIES; i++) {
            Map<String, String> files = new TreeMap<>(Map.of("a", "try " + i, "b", "try " + i));
            String archive = files.entrySet().stream()
                    .map(file -> file.getKey() + "=" + file.getValue() + "\n")
                    .collect(Collectors.joining());
            boolean whole = draws.of(true, true, false);
            world.sends(request, files);
            Connection.Asked<Boolean> asked = connection.ask(server -> {
                SlowStream sent = new SlowStream(draws, scheduler, archive, whole);
                if (bringsSkill) {
                    String skill = draws.of(Stock.SENT, Stock.SENT, Stock.SENT, "this is no package");
                    server.runs.uploadTempSkill.upload(
                            request, new SlowStream(draws, scheduler, skill, true), Optional.of(sent));
                } else {
                    server.runs.uploadRunInput.upload(request, sent);
                }
                return true;
            });
            if (asked.answer() != null) {
                world.received(request, files);
                return true;
            }
            if (hasStarted(request)) {
                return true;
            }
            scheduler.sleep(Duration.ofMillis(draws.between(100, 20_000)));
        }
        return false;
    }

    private boolean hasStarted(RequestId request) {
        return connection.ask(server -> server.runs.findRun.find(request)).answer() != null;
    }

    private void cancel(RequestId request) {
        for (int i = 0; i < TRIES; i++) {
            Connection.Asked<CancelRun.Outcome> asked = connection.ask(server -> server.runs.cancelRun.cancel(request));
            if (asked.answer() != null) {
                if (asked.answer().accepted()) {
                    world.promisedEnd(asked.answer().run());
                }
                return;
            }
            scheduler.sleep(Duration.ofMillis(draws.between(100, 5_000)));
        }
    }

    private void lookUntilEnd(RequestId request) {
        while (true) {
            Connection.Asked<FindRun.Found> asked = connection.ask(server -> server.runs.findRun.find(request));
            if (asked.reply() == Connection.Reply.REFUSED) {
                throw new AssertionError("the accepted request " + request + " is not known any more");
            }
            if (asked.answer() != null && asked.answer().run().status().isTerminal()) {
                readResult(asked.answer());
                return;
            }
            scheduler.sleep(Duration.ofMillis(draws.between(500, 30_000)));
        }
    }

    private void readResult(FindRun.Found found) {
        for (int i = 0; i < TRIES; i++) {
            Connection.Asked<Long> asked = connection.ask(server -> server.runs
                    .readRunResult
                    .read(found.run(), Simulation::says)
                    .size());
            if (asked.answer() != null) {
                return;
            }
            if (asked.reply() == Connection.Reply.REFUSED && found.run().status() == RunStatus.SUCCEEDED) {
                throw new AssertionError("the result of " + found.run().id() + " is gone");
            }
            scheduler.sleep(Duration.ofMillis(draws.between(500, 5_000)));
        }
    }
}
