package skillrunner.mcp.tool;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.json.PlainValues;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.application.run.interaction.Reply;
import skillrunner.application.run.journal.ReadEvents;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunStatus;

/**
 * A run that a call waits for: tells its news, asks its questions, and answers when it has ended, waits for somebody who can't be asked,
 * or was waited for long enough. Holds no thread meanwhile. The run does not depend on it. Safe for concurrent use.
 */
final class FollowedRun {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedRun.class);
    private static final String TASK = "mcp-call";

    /** So often it is looked at a run of which nobody called out news. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final int EVENTS_AT_ONCE = 200;

    private final RunUseCases runs;
    private final RunReport report;
    private final ProgressWords words;
    private final BackgroundTasks background;
    private final RequestId request;
    private final Caller caller;
    private final Consumer<ToolAnswer> done;

    /** Who brings it from zero looks until it is zero again. */
    private final AtomicInteger wakeUps = new AtomicInteger();

    private volatile boolean over;
    private volatile boolean timeIsUp;
    private volatile @Nullable Subscription watch;
    private volatile boolean putAside;
    private long seen;
    private int asked;

    FollowedRun(
            RunUseCases runs,
            RunReport report,
            ProgressWords words,
            BackgroundTasks background,
            RequestId request,
            Caller caller,
            Consumer<ToolAnswer> done) {
        this.runs = runs;
        this.report = report;
        this.words = words;
        this.background = background;
        this.request = request;
        this.caller = caller;
        this.done = done;
    }

    /**
     * Begins.
     *
     * @param patience how long; empty for as long as it takes
     * @throws RefusedException with {@code REQUEST_NOT_FOUND} or {@code RUN_NOT_FOUND}
     */
    void begin(Optional<Duration> patience) {
        FindRun.Found found = runs.find().find(request);
        caller.progress(
                request, "run " + request + " is " + found.run().status().wire());
        if (patience.filter(Duration::isZero).isPresent()) {
            timeIsUp = true;
        } else {
            watch = runs.events().watch(found.run().id(), this::news);
            patience.ifPresent(time -> background.submitAfter(time, TASK, () -> {
                timeIsUp = true;
                news();
            }));
            lookLater();
        }
        if (over) {
            letGo();
        }
        news();
    }

    /** Ends the watch without an answer. */
    void letGo() {
        over = true;
        Subscription watching = watch;
        if (watching != null) {
            watching.close();
        }
    }

    private void news() {
        if (!over && wakeUps.getAndIncrement() == 0) {
            background.submit(TASK, this::look);
        }
    }

    private void lookLater() {
        background.submitAfter(LOOK, TASK, () -> {
            if (!over) {
                news();
                lookLater();
            }
        });
    }

    private void look() {
        int looked;
        do {
            looked = wakeUps.get();
            if (!over) {
                lookOnce();
            }
        } while (!wakeUps.compareAndSet(looked, 0));
    }

    private void lookOnce() {
        try {
            FindRun.Found found = runs.find().find(request);
            tell(found);
            RunStatus status = found.run().status();
            if (status.isTerminal() || timeIsUp || (status == RunStatus.WAITING_USER && !isAsked(found))) {
                answer(report.of(found));
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            answer(Refused.answer(e, Optional.of(request)));
        }
    }

    private void answer(ToolAnswer answer) {
        if (!over) {
            letGo();
            done.accept(answer);
        }
    }

    private void tell(FindRun.Found found) {
        boolean newest = !caller.wantsProgress();
        while (!newest && !over) {
            Optional<ReadEvents.Stretch> stretch =
                    runs.events().find(found.run().id(), seen, EVENTS_AT_ONCE);
            if (stretch.isEmpty()) {
                return;
            }
            words.newest(stretch.get().events()).ifPresent(news -> caller.progress(request, news));
            newest = stretch.get().newest() || stretch.get().events().isEmpty();
            seen = stretch.get().to();
        }
    }

    /** Whether the caller's user has been asked what the run asks, and may still answer. */
    @SuppressWarnings("FutureReturnValueIgnored") // how it failed is told to whoever takes it
    private boolean isAsked(FindRun.Found found) {
        if (!caller.canBeAsked() || putAside) {
            return false;
        }
        FindPending.Pending pending = runs.pending().find(found);
        Optional<Interaction> question = pending.pending();
        if (question.isEmpty() || question.get().number() <= asked) {
            // Decided a moment ago, or being answered: the run moves on its own.
            return true;
        }
        asked = question.get().number();
        QuestionForm form = QuestionForm.of(question.get(), pending.directory());
        caller.ask(form)
                .whenComplete((content, failure) -> background.submit(
                        TASK, () -> take(form, failure == null ? content : Optional.empty(), failure)));
        return true;
    }

    private void take(QuestionForm form, Optional<Map<String, @Nullable Object>> content, @Nullable Throwable failure) {
        if (over) {
            return;
        }
        Optional<Object> response = content.flatMap(form::response);
        if (failure != null) {
            LOG.info("a question could not be shown: {}", failure.toString());
        }
        if (response.isEmpty()) {
            putAside = true;
        } else {
            try {
                PlainValues.refuseUnusable(response.get());
                runs.answer()
                        .answer(
                                runs.find().find(request),
                                new Reply(form.interaction().number(), response, Optional.empty()));
            } catch (RefusedException e) {
                // Somebody else was quicker: the run goes on with that answer.
                boolean decided = e.refusal().code() == ErrorCode.INTERACTION_DECIDED
                        || e.refusal().code() == ErrorCode.INTERACTION_NOT_PENDING;
                putAside = !decided;
            } catch (RuntimeException e) {
                LOG.warn("an answer could not be stored: {}", e.toString());
                putAside = true;
            }
        }
        news();
    }
}
