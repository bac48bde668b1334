package skillrunner.application.model;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.SingleFlight;
import skillrunner.application.engine.ModelSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;

/**
 * Asks engines for their models: at start, at intervals and on demand. An engine is asked by one caller at a time; who
 * comes meanwhile shares the answer. Safe for concurrent use.
 */
public final class RefreshLiveModels {
    private static final System.Logger LOG = System.getLogger(RefreshLiveModels.class.getName());

    private final ModelSources sources;
    private final ModelLists lists;
    private final LiveCatalogue live;
    private final BackgroundTasks background;
    private final Clock clock;
    private final SingleFlight<EngineId, LiveModels> asking = new SingleFlight<>();

    /**
     * Takes what it uses.
     *
     * @param sources knows which engines are asked
     * @param lists asks them
     * @param live remembers the answers
     * @param background gives threads
     * @param clock tells when they answered
     */
    public RefreshLiveModels(
            ModelSources sources, ModelLists lists, LiveCatalogue live, BackgroundTasks background, Clock clock) {
        this.sources = Objects.requireNonNull(sources);
        this.lists = Objects.requireNonNull(lists);
        this.live = Objects.requireNonNull(live);
        this.background = Objects.requireNonNull(background);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Loads what was known before, which serves meanwhile, and begins to ask all engines that are asked, each on a thread of
     * its own. Returns without waiting for them.
     *
     * @param atOnce whether they are asked now
     * @param interval how long after an answer they are asked again; zero or less for never
     */
    public void start(boolean atOnce, Duration interval) {
        for (EngineId engine : sources.liveEngines()) {
            sources.live(engine).ifPresent(source -> live.current(engine, source));
            if (atOnce) {
                background.submit(task(engine), () -> repeat(engine, interval));
            } else {
                again(engine, interval);
            }
        }
    }

    /**
     * Asks an engine on another thread. Does nothing if its models come from snapshots.
     *
     * @param engine the engine
     */
    public void refreshLater(EngineId engine) {
        if (sources.live(engine).isPresent()) {
            background.submit(task(engine), () -> refresh(engine));
        }
    }

    /**
     * Asks an engine and waits for the answer.
     *
     * @param engine the engine
     * @return what is known then, or empty if its models come from snapshots
     */
    public Optional<LiveModels> refresh(EngineId engine) {
        return sources.live(engine).map(source -> asking.await(engine, () -> ask(engine, source)));
    }

    private LiveModels ask(EngineId engine, ModelSource.Live source) {
        LiveModels before = live.current(engine, source);
        ModelLists.Answer answer = answer(engine, source);
        LiveModels after = live.update(
                engine,
                source,
                known -> answer instanceof ModelLists.Answer.Listed listed
                        ? known.answered(listed.models(), clock.instant())
                        : known.failed(((ModelLists.Answer.Failed) answer).reason(), clock.instant()));
        if (before.status() != after.status() || !before.lastError().equals(after.lastError())) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "models engine={0} {1}->{2}, {3} models{4}",
                    engine,
                    before.status().wire(),
                    after.status().wire(),
                    after.models().size(),
                    after.lastError().map(error -> ": " + error).orElse(""));
        }
        return after;
    }

    private ModelLists.Answer answer(EngineId engine, ModelSource.Live source) {
        try {
            return lists.ask(engine, source.command());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "asking " + engine + " for its models failed", e);
            return new ModelLists.Answer.Failed("the CLI could not be asked");
        }
    }

    private void repeat(EngineId engine, Duration interval) {
        try {
            refresh(engine);
        } finally {
            again(engine, interval);
        }
    }

    private void again(EngineId engine, Duration interval) {
        if (interval.compareTo(Duration.ZERO) > 0) {
            background.submitAfter(interval, task(engine), () -> repeat(engine, interval));
        }
    }

    private static String task(EngineId engine) {
        return "models-" + engine;
    }
}
