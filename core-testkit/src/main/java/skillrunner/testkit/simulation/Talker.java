package skillrunner.testkit.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.application.run.interaction.Reply;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.testkit.random.Draws;

/**
 * Asks for a run that asks back, and answers it to its end. Others may answer the same questions, end the run or follow it; a reply
 * that got lost is sent again, under its key or without one.
 */
final class Talker {
    private final Draws draws;
    private final Scheduler scheduler;
    private final World world;
    private final String name;
    private final Connection connection;
    private boolean silent;
    private int replies;

    Talker(Draws draws, Scheduler scheduler, World world, String name) {
        this.draws = draws;
        this.scheduler = scheduler;
        this.world = world;
        this.name = name;
        this.connection = new Connection(scheduler, world, name);
    }

    void visit() {
        scheduler.sleep(Duration.ofMillis(draws.between(0, 60_000)));
        RequestId request = create();
        for (int rival = draws.between(0, 2); rival > 0; rival--) {
            Talker other = new Talker(draws, scheduler, world, name + "." + rival);
            other.silent = silent;
            world.guest(other.name, () -> other.talk(request));
        }
        if (draws.of(true, true, false)) {
            world.guest(
                    "follower of " + name, () -> new Follower(draws, scheduler, connection, request, world).follow());
        }
        if (draws.of(true, false, false, false)) {
            world.guest("canceler of " + name, () -> cancel(request));
        }
        talk(request);
    }

    /** Whoever has no answer yet asks again under the same key, so that no run is left that nobody knows. */
    private RequestId create() {
        Map<String, Object> options = new HashMap<>(Map.of("execution_mode", "interactive", "no_cache", true));
        if (draws.of(true, false)) {
            options.put("interactive_require_user_reply", false);
            options.put("wait_timeout_sec", draws.between(1, 120));
            silent = draws.of(true, false);
        }
        CreateRunCommand command = new CreateRunCommand(
                Stock.SKILL.value(), "codex", Map.of(), Map.of(), Optional.empty(), options, false);
        Optional<IdempotencyKey> key = IdempotencyKey.parse("talk-" + name.replace(' ', '-'));
        while (true) {
            Connection.Asked<RequestId> asked = connection.ask(
                    server -> server.runs.createRun.create(command, key).request());
            if (asked.answer() != null) {
                world.acknowledged(asked.answer(), key);
                return asked.answer();
            }
            scheduler.sleep(Duration.ofMillis(draws.between(100, 20_000)));
        }
    }

    private void talk(RequestId request) {
        while (true) {
            Connection.Asked<FindRun.Found> run = connection.ask(server -> server.runs.findRun.find(request));
            if (run.answer() != null && run.answer().run().status().isTerminal()) {
                return;
            }
            Connection.Asked<FindPending.Pending> asked =
                    connection.ask(server -> server.runs.findPending.find(server.runs.findRun.find(request)));
            if (asked.answer() != null
                    && asked.answer().pending().isPresent()
                    && !silent
                    && draws.of(true, true, false)) {
                answer(request, asked.answer().pending().get().number());
            }
            scheduler.sleep(Duration.ofMillis(draws.between(10, draws.of(50, 20_000, 60_000, 60_000))));
        }
    }

    /** Sends an answer, again and again as long as nobody says what became of it. */
    private void answer(RequestId request, int question) {
        replies++;
        String words = name + " says " + replies;
        Optional<IdempotencyKey> key = draws.of(true, false)
                ? IdempotencyKey.parse((name + "-" + replies).replace(' ', '-'))
                : Optional.empty();
        Reply reply = new Reply(question, Optional.of(words), key);
        boolean sent = false;
        for (int tries = draws.between(1, 4); tries > 0; tries--) {
            Connection.Asked<FindRun.Found> asked = connection.ask(server -> {
                FindRun.Found found = server.runs.findRun.find(request);
                server.runs.answerQuestion.answer(found, reply);
                return found;
            });
            sent |= asked.reply() == Connection.Reply.LOST;
            if (asked.answer() != null) {
                world.answered(asked.answer().run().id(), question, words);
                return;
            }
            if (asked.refusal() != null) {
                world.turnedAway(request, question, words, key.isEmpty() && sent, asked.refusal());
                return;
            }
            scheduler.sleep(Duration.ofMillis(draws.between(0, 5_000)));
        }
    }

    private void cancel(RequestId request) {
        scheduler.sleep(Duration.ofMillis(draws.between(0, 120_000)));
        for (int tries = draws.between(1, 5); tries > 0; tries--) {
            Connection.Asked<Boolean> asked = connection.ask(server -> {
                var outcome = server.runs.cancelRun.cancel(request);
                if (outcome.accepted()) {
                    world.promisedEnd(outcome.run());
                }
                return true;
            });
            if (asked.answer() != null) {
                return;
            }
            scheduler.sleep(Duration.ofMillis(draws.between(10, 5_000)));
        }
    }
}
