package skillrunner.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.client.model.ChatEvent;
import skillrunner.client.model.EndFrame;
import skillrunner.client.model.HeartbeatFrame;
import skillrunner.client.model.OutputFrame;
import skillrunner.client.model.Pending;
import skillrunner.client.model.Question;
import skillrunner.client.model.Receipt;
import skillrunner.client.model.RunDetail;
import skillrunner.client.model.RunStatus;
import skillrunner.client.model.SnapshotFrame;
import skillrunner.client.model.Stall;
import skillrunner.client.model.StatusFrame;
import tools.jackson.core.JacksonException;

/** What one listener has been told of a run, over all its connections. For one thread. */
final class Journey {
    /** A heartbeat comes every five seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final long BEYOND_ALL_EVENTS = 1L << 53;
    private static final Duration LOOK_SOON = Duration.ofMillis(250);
    private static final Duration LOOK_SELDOM = Duration.ofSeconds(2);

    private final Transport transport;
    private final String requestId;
    private final RunListener listener;
    private final boolean output;
    private final boolean events;
    private final FollowedOutput stdout;
    private final FollowedOutput stderr;
    private final ReceiptCheck check;
    private long event;
    private @Nullable RunStatus status;
    private @Nullable Stall stall;
    private int toldQuestion;
    private boolean undecided;
    private Duration look = LOOK_SOON;

    Journey(
            Transport transport,
            String requestId,
            RunListener listener,
            boolean output,
            boolean events,
            Position from) {
        this.transport = transport;
        this.requestId = requestId;
        this.listener = listener;
        this.output = output;
        this.events = events;
        this.stdout = new FollowedOutput("stdout", from.stdout());
        this.stderr = new FollowedOutput("stderr", from.stderr());
        this.check = new ReceiptCheck(transport, requestId);
        this.event = from.event();
    }

    /** What a listener threw, so that it is not taken for a failure of the connection. */
    static final class ListenerFailure extends Exception {
        private static final long serialVersionUID = 1;

        ListenerFailure(Exception cause) {
            super(cause);
        }

        /** Throws what the listener threw. */
        RuntimeException rethrown() throws IOException, InterruptedException {
            Throwable cause = Objects.requireNonNull(getCause());
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            return new IllegalStateException(cause);
        }
    }

    private interface Telling {
        void tell() throws IOException, InterruptedException;
    }

    /** How long to wait until it is looked whether a question has been decided; null if none is waited for. */
    @Nullable
    Duration waitsForDecision() {
        if (!undecided) {
            return null;
        }
        Duration wait = look;
        look = look.multipliedBy(2).compareTo(LOOK_SELDOM) < 0 ? look.multipliedBy(2) : LOOK_SELDOM;
        return wait;
    }

    /** Follows over one connection; null if the run has not ended with it. */
    @Nullable
    RunEnd ride(Patience patience) throws IOException, InterruptedException, ListenerFailure {
        undecided = false;
        Call call = call();
        try (Download stream = transport.send(call, SILENCE)) {
            if (stream.status() == 204) {
                return endOfAll();
            }
            if (stream.status() != 200) {
                throw transport.refusal(call, transport.read(call, stream));
            }
            if (!stream.header("content-type").orElse("").startsWith("text/event-stream")) {
                throw new UnexpectedAnswerException(
                        stream.status(), "what answers for the events of a run is no stream of events");
            }
            ServerSentEvents all = new ServerSentEvents(stream.body());
            for (ServerSentEvents.Event next = all.next(); next != null; next = all.next()) {
                patience.worked();
                if (next.name().equals("end")) {
                    return end(read(next, EndFrame.class));
                }
                take(next);
            }
            return null;
        }
    }

    private Call call() {
        Call call = Call.of("GET", "/v1/management/runs/{request_id}/events").path("request_id", requestId);
        if (output) {
            call.query("streams", events ? "log,chat" : "log");
            call.query("stdout_from", stdout.at()).query("stderr_from", stderr.at());
        } else {
            call.query("streams", "chat");
        }
        if (events) {
            call.query("cursor", event);
        } else if (!output) {
            // Something has to be asked for, also by whoever wants the status only.
            call.query("cursor", BEYOND_ALL_EVENTS);
        }
        return call;
    }

    private void take(ServerSentEvents.Event next) throws IOException, ListenerFailure {
        switch (next.name()) {
            case "snapshot" -> moved(read(next, SnapshotFrame.class).status(), null);
            case "status" -> {
                StatusFrame frame = read(next, StatusFrame.class);
                moved(frame.status(), frame.stall());
            }
            case "stdout" -> wrote(stdout, read(next, OutputFrame.class), listener::stdout);
            case "stderr" -> wrote(stderr, read(next, OutputFrame.class), listener::stderr);
            case "chat_event" -> happened(read(next, ChatEvent.class));
            case "heartbeat" -> {
                HeartbeatFrame frame = read(next, HeartbeatFrame.class);
                tell(() -> listener.heartbeat(frame.ts()));
            }
            default -> {
                // A newer server may tell more.
            }
        }
    }

    private void moved(RunStatus now, @Nullable Stall why) throws ListenerFailure {
        if (now == status && Objects.equals(why, stall)) {
            return;
        }
        if (now == RunStatus.RUNNING && now != status) {
            stdout.processMayBegin();
            stderr.processMayBegin();
        }
        status = now;
        stall = why;
        tell(() -> listener.status(now, why));
    }

    private interface Wrote {
        void take(long from, String text) throws IOException, InterruptedException;
    }

    private void wrote(FollowedOutput followed, OutputFrame frame, Wrote told) throws IOException, ListenerFailure {
        if (!output) {
            return;
        }
        FollowedOutput.New fresh = followed.take(frame);
        if (fresh != null) {
            tell(() -> told.take(fresh.from(), fresh.text()));
        }
    }

    private void happened(ChatEvent told) throws ListenerFailure {
        if (events && told.seq() > event) {
            event = told.seq();
            tell(() -> listener.event(told));
        }
    }

    private @Nullable RunEnd end(EndFrame frame) throws IOException, InterruptedException, ListenerFailure {
        RunStatus now = Objects.requireNonNullElse(status, RunStatus.OTHER);
        if (frame.reason() == EndFrame.ReasonEnum.TERMINAL) {
            return ended(now, frame.receipt());
        }
        if (frame.reason() != EndFrame.ReasonEnum.WAITING_USER) {
            return null;
        }
        stdout.processMayBegin();
        stderr.processMayBegin();
        return asked();
    }

    /** The run waits for its user. The question is told once; then it is looked again until it has been decided. */
    private @Nullable RunEnd asked() throws IOException, InterruptedException, ListenerFailure {
        Call call = Call.of("GET", "/v1/management/runs/{request_id}/pending").path("request_id", requestId);
        Question question = transport.one(call, Pending.class).pending();
        undecided = true;
        if (question == null || question.interactionId() == toldQuestion) {
            return null;
        }
        toldQuestion = question.interactionId();
        look = LOOK_SOON;
        boolean[] goOn = {true};
        tell(() -> goOn[0] = listener.question(question));
        return goOn[0]
                ? null
                : new RunEnd(
                        RunEnd.Reason.QUESTION, RunStatus.WAITING_USER, null, null, Proof.NO_RECEIPT, null, position());
    }

    /** The server says that everything has been sent; how the run ended was lost with a cut. */
    private RunEnd endOfAll() throws IOException, InterruptedException, ListenerFailure {
        RunDetail run = transport.one(state(), RunDetail.class);
        moved(run.status(), null);
        return ended(run.status(), run.receipt());
    }

    private RunEnd ended(RunStatus now, @Nullable Receipt receipt) throws IOException, InterruptedException {
        String code = null;
        if (now != RunStatus.SUCCEEDED) {
            // As it is sent, for a newer server may have codes that this client has no name for.
            Map<?, ?> run = transport.one(state(), Map.class);
            code = run.get("error") instanceof Map<?, ?> error && error.get("code") instanceof String known
                    ? known
                    : null;
        }
        if (!output) {
            return new RunEnd(RunEnd.Reason.TERMINAL, now, code, receipt, Proof.NOT_FOLLOWED, null, position());
        }
        if (receipt == null) {
            return new RunEnd(RunEnd.Reason.TERMINAL, now, code, null, Proof.NO_RECEIPT, null, position());
        }
        String doubt = check.doubt(receipt, stdout, stderr);
        return new RunEnd(
                RunEnd.Reason.TERMINAL,
                now,
                code,
                receipt,
                doubt == null ? Proof.PROVEN : Proof.MISMATCH,
                doubt,
                position());
    }

    private Call state() {
        return Call.of("GET", "/v1/management/runs/{request_id}").path("request_id", requestId);
    }

    private Position position() {
        return new Position(stdout.at(), stderr.at(), event);
    }

    private static void tell(Telling telling) throws ListenerFailure {
        try {
            telling.tell();
        } catch (IOException | InterruptedException e) {
            throw new ListenerFailure(e);
        }
    }

    private static <T> T read(ServerSentEvents.Event event, Class<T> type) throws UnexpectedAnswerException {
        try {
            return Json.read(event.data(), type);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new UnexpectedAnswerException(200, "the event " + type.getSimpleName() + " can't be read", e);
        }
    }
}
