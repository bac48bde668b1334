package skillrunner.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import skillrunner.application.background.Bell;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.application.run.execution.CancelRun;
import skillrunner.application.run.output.FollowRun;
import skillrunner.application.run.output.RunStream;
import skillrunner.application.run.output.StreamFrame;
import skillrunner.application.run.output.StreamStart;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.run.result.RunResult;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunStatus;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.run.RunUseCases;

/**
 * Starts runs, follows them and waits for them. A run is named by its request; the name stays good when the folder is opened again. Once
 * the runner is closed, everything throws {@link IllegalStateException}. Safe for concurrent use.
 */
public final class EmbeddedRuns {
    /** A signal may be lost, so whoever waits looks for itself now and then. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Basics basics;
    private final RunUseCases useCases;
    private final RunSignals signals;
    private final Path temporary;
    private final OpenState open;

    EmbeddedRuns(Capabilities capabilities, OpenState open) {
        this.open = open;
        this.basics = capabilities.basics();
        this.useCases = capabilities.runs().useCases();
        this.signals = capabilities.runs().signals();
        this.temporary = capabilities.storage().temporary();
    }

    /**
     * Queues a run. Returns as soon as it is stored, with its files.
     *
     * @param order what is to be run
     * @return the request, which names the run from now on
     * @throws RefusedException with the code that names the first check that failed, as the API has them; nothing was started
     * @throws IOException if a file of the order can't be read, or is no regular file
     */
    public RequestId start(RunOrder order) throws IOException {
        open.require();
        if (order.files().isEmpty()) {
            Acceptance acceptance = accepted(order);
            if (acceptance.status().isEmpty()) {
                throw new RefusedException(
                        ErrorCode.REQUEST_INVALID, "The skill takes a file; an order names it with file()");
            }
            return acceptance.request();
        }
        Path archive = Files.createTempFile(temporary, "order", ".zip");
        try {
            // Before the request is stored: a file that can't be read leaves nothing.
            OrderArchive.write(archive, order.files());
            RequestId request = accepted(order).request();
            try (InputStream in = Files.newInputStream(archive)) {
                open.ask(() -> useCases.upload().upload(request, in));
            }
            return request;
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    private Acceptance accepted(RunOrder order) {
        return open.ask(() -> useCases.create().create(order.command(), Optional.empty()));
    }

    /**
     * Tells where a run stands.
     *
     * @param request names it
     * @return the run
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}
     */
    public Run find(RequestId request) {
        return open.ask(() -> useCases.find().find(request).run());
    }

    /**
     * Waits until a run has ended, or asks its user something.
     *
     * @param request names it
     * @return what it came to
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}
     * @throws InterruptedException if this thread is interrupted; the run goes on
     * @throws IOException if its result can't be read
     * @throws IllegalStateException if the runner is closed meanwhile; the run goes on
     */
    public RunOutcome await(RequestId request) throws InterruptedException, IOException {
        Bell bell = basics.threads().bell();
        try (Subscription watch = signals.watch(find(request).id(), bell::ring)) {
            Run run = find(request);
            while (!run.status().isTerminal() && run.status() != RunStatus.WAITING_USER) {
                bell.await(LOOK);
                run = find(request);
            }
            return outcome(run);
        }
    }

    /**
     * Shows a run live, from its first byte, on this thread, and returns behind its end, or when it asks its user something.
     *
     * @param request names it
     * @param frames told what happens, in order, by this thread
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}
     * @throws InterruptedException if this thread is interrupted; the run goes on
     * @throws IllegalStateException if the runner is closed meanwhile; the run goes on
     */
    public void follow(RequestId request, Consumer<StreamFrame> frames) throws InterruptedException {
        follow(request, StreamStart.ofLog(0, 0), frames);
    }

    /**
     * Shows a run live, as {@link #follow(RequestId, Consumer)} does, from any place.
     *
     * @param request names it
     * @param start what is wanted, and from where
     * @param frames told what happens, in order, by this thread
     * @throws InterruptedException if this thread is interrupted; the run goes on
     */
    public void follow(RequestId request, StreamStart start, Consumer<StreamFrame> frames) throws InterruptedException {
        Bell bell = basics.threads().bell();
        FollowRun.Following following = open.ask(() -> useCases.follow().follow(request, start, bell::ring));
        try (Subscription watch = following.watch()) {
            RunStream stream = following.stream();
            while (!stream.finished()) {
                Optional<StreamFrame> frame = open.ask(stream::next);
                if (frame.isPresent()) {
                    frames.accept(frame.get());
                } else if (!stream.finished()) {
                    bell.await(LOOK);
                    useCases.follow().lookAnew();
                }
            }
        }
    }

    /**
     * Ends a run and everything it started.
     *
     * @param request names it
     * @return what became of the wish; the run has ended once {@link #await} returns
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}
     */
    public CancelRun.Outcome cancel(RequestId request) {
        return open.ask(() -> useCases.cancel().cancel(request));
    }

    /**
     * Finds a file that a run left for its user.
     *
     * @param request names it
     * @param path a path as {@link RunOutcome#artifacts} has it
     * @return the file, or empty if there is none
     * @throws RefusedException with {@code REQUEST_NOT_FOUND}, or with {@code PATH_INVALID} for a path that leaves the folder
     */
    public Optional<RunArtifacts.Artifact> artifact(RequestId request, String path) {
        return open.ask(() -> useCases.artifacts().open(find(request).id(), path));
    }

    private RunOutcome outcome(Run run) throws IOException {
        JsonText json = basics.json();
        StoredBytes stored = useCases.result().read(run, (file, of) -> document(json, file)
                .filter(result -> RunResult.word(of.status()).equals(result.get("status"))
                        && of.id().value().equals(result.get("run_id")))
                .isPresent());
        Map<String, Object> result = document(json, stored)
                .orElseThrow(() -> new RefusedException(ErrorCode.RESULT_NOT_FOUND, "The result of the run is gone"));
        return new RunOutcome(run.id(), run.status(), result);
    }

    private static Optional<Map<String, Object>> document(JsonText json, StoredBytes file) {
        try (InputStream in = file.open(0)) {
            return json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
