package skillrunner.commandline.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.client.Proof;
import skillrunner.client.RunFollower;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.terminal.Console;
import skillrunner.commandline.terminal.Keyboard;
import tools.jackson.databind.JsonNode;

/**
 * Watches one run to its end: shows it, lets its questions be answered where somebody is at the terminal, and asks at Ctrl-C
 * whether to cancel it. The run itself never depends on being watched.
 */
final class RunWatch {
    /** How a watch ends. */
    enum End {
        /** The run has ended. */
        ENDED,
        /** The run asks, and nobody is here to answer. */
        WAITS,
        /** The run goes on without being watched. */
        LEFT
    }

    private static final Set<String> DECIDED = Set.of("INTERACTION_DECIDED", "INTERACTION_NOT_PENDING");
    private static final String CANCEL = "Cancel the run (c), leave it running (l), or watch on (Enter)?";

    private final Session session;
    private final Console console;
    private final String requestId;
    private final Shown shown;
    private final RunDisplay display;
    private final RunQuestions questions;
    private final Keyboard keyboard;
    private final Happenings happenings = new Happenings();
    private final Deque<Happening> held = new ArrayDeque<>();

    @Nullable
    private QuestionForm question;

    private boolean asksToCancel;

    RunWatch(Session session, String requestId, Shown shown, boolean json) {
        this.session = Objects.requireNonNull(session);
        this.console = session.console();
        this.requestId = Objects.requireNonNull(requestId);
        this.shown = Objects.requireNonNull(shown);
        this.display = new RunDisplay(console, shown, json);
        this.questions = new RunQuestions(session.connection(), requestId);
        this.keyboard = session.surroundings().keyboard();
    }

    /**
     * Watches.
     *
     * @return how the watch ended
     * @throws IOException if the run can't be followed any more
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    End watch() throws IOException, InterruptedException {
        try (happenings) {
            listen();
            happenings.follow(follower(), session.surroundings().background());
            Optional<End> end = Optional.empty();
            while (end.isEmpty()) {
                end = deal(happenings.next());
            }
            return end.get();
        } finally {
            session.surroundings().interrupts().release("Stopped. " + said("runs result " + requestId));
        }
    }

    /** The warnings that were shown on the way. */
    Set<String> warned() {
        return display.warned();
    }

    private RunFollower follower() {
        RunFollower follower = session.connection().client().follow(requestId);
        return switch (shown) {
            case PROGRESS -> follower.withoutOutput();
            case CONVERSATION -> follower.withEvents().withoutOutput();
            case OUTPUT -> follower;
        };
    }

    private Optional<End> deal(Happening happening) throws IOException, InterruptedException {
        if (happening instanceof Happening.Ended ended) {
            showHeld();
            if (ended.end().proof() == Proof.MISMATCH) {
                throw CommandFailedException.failed(
                        "OUTPUT_INCOMPLETE", "what came is not what the receipt of the run says");
            }
            return Optional.of(End.ENDED);
        }
        if (happening instanceof Happening.Broken broken) {
            showHeld();
            if (broken.fault() instanceof IOException unreachable) {
                throw unreachable;
            }
            throw new IllegalStateException(broken.fault().getMessage(), broken.fault());
        }
        if (happening instanceof Happening.Interrupted) {
            return interrupted();
        }
        if (happening instanceof Happening.Typed typed) {
            return typed(typed.line());
        }
        if (happening instanceof Happening.Asked) {
            return asked();
        }
        if (asksToCancel) {
            held.add(happening);
        } else {
            show(happening);
        }
        return Optional.empty();
    }

    private void show(Happening happening) {
        if (happening instanceof Happening.Moved moved
                && question != null
                && !moved.status().equals("waiting_user")) {
            question = null;
            console.note("The question was decided.");
        }
        display.show(happening);
    }

    private void showHeld() {
        for (Happening one = held.poll(); one != null; one = held.poll()) {
            show(one);
        }
    }

    private Optional<End> asked() throws IOException, InterruptedException {
        Optional<JsonNode> pending = questions.pending();
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        QuestionForm form = new QuestionForm(pending.get());
        showHeld();
        console.note("");
        form.lines().forEach(console::note);
        if (!console.asks()) {
            console.note("Nobody is here to answer. " + said("runs reply " + requestId + " ANSWER"));
            return Optional.of(End.WAITS);
        }
        question = form;
        if (!asksToCancel) {
            ask(form.prompt());
        }
        return Optional.empty();
    }

    private Optional<End> typed(Optional<String> line) throws IOException, InterruptedException {
        if (asksToCancel) {
            return line.isEmpty() ? left() : answerCancel(line.get().strip().toLowerCase(Locale.ROOT));
        }
        QuestionForm form = question;
        if (form == null) {
            return Optional.empty();
        }
        if (line.isEmpty()) {
            console.note(said("runs watch " + requestId));
            return Optional.of(End.WAITS);
        }
        Optional<JsonNode> answer = form.accept(line.get());
        if (answer.isPresent()) {
            question = null;
            send(form, answer.get());
        } else {
            ask(form.prompt());
        }
        return Optional.empty();
    }

    private void send(QuestionForm form, JsonNode answer) throws IOException, InterruptedException {
        try {
            questions.reply(form.number(), answer);
        } catch (CommandFailedException e) {
            if (DECIDED.contains(e.code())) {
                console.note("Somebody else was quicker: the question is decided.");
                return;
            }
            console.fault(e.code(), e.getMessage());
            again(form);
        } catch (IOException e) {
            console.fault("SERVER_UNREACHABLE", Objects.toString(e.getMessage(), "") + "; the answer was not sent");
            again(form);
        }
    }

    /** What was filled in is gone: the whole question is asked once more. */
    private void again(QuestionForm form) {
        QuestionForm fresh = form.again();
        question = fresh;
        ask(fresh.prompt());
    }

    private Optional<End> interrupted() {
        if (!console.asks()) {
            return left();
        }
        asksToCancel = true;
        console.note("");
        ask(CANCEL);
        return Optional.empty();
    }

    private Optional<End> answerCancel(String answer) throws IOException, InterruptedException {
        switch (answer) {
            case "l", "leave" -> {
                return left();
            }
            case "c", "cancel" -> {
                asksToCancel = false;
                showHeld();
                cancel();
            }
            case "" -> {
                asksToCancel = false;
                listen();
                showHeld();
                if (question != null) {
                    ask(question.prompt());
                }
            }
            default -> ask(CANCEL);
        }
        return Optional.empty();
    }

    /** A server that is away or busy is no reason to watch no longer. */
    private void cancel() throws InterruptedException {
        try {
            console.note(session.connection()
                    .post("/v1/management/runs/" + Connection.segment(requestId) + "/cancel", null)
                    .text("message"));
            return;
        } catch (CommandFailedException e) {
            console.fault(e.code(), e.getMessage());
        } catch (IOException e) {
            console.fault("SERVER_UNREACHABLE", Objects.toString(e.getMessage(), ""));
        }
        console.note("The run was not canceled; Ctrl-C asks again.");
        listen();
    }

    private Optional<End> left() {
        console.note(goesOn());
        return Optional.of(End.LEFT);
    }

    private void listen() {
        session.surroundings().interrupts().listen(() -> happenings.add(new Happening.Interrupted()), goesOn());
    }

    private String goesOn() {
        return "The run goes on. " + said("runs watch " + requestId);
    }

    private void ask(String prompt) {
        console.prompt(prompt);
        keyboard.next(line -> happenings.add(new Happening.Typed(line)));
    }

    private String said(String command) {
        return session.options().command(command);
    }
}
