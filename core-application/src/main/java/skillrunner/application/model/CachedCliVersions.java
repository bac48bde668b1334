package skillrunner.application.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.engine.CliProbe;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.VersionStatement;

/**
 * Remembers what the CLIs said of their versions. An answer holds as long as the program is the same file; after a minute
 * it is asked again beside the answer, which nobody waits for. A program is asked by one thread at a time, different ones
 * at once. Safe for concurrent use.
 */
public final class CachedCliVersions implements CliVersions {
    private static final Duration FRESH = Duration.ofSeconds(60);

    private final CliProbe probe;
    private final BackgroundTasks background;
    private final Clock clock;
    private final Map<EngineId, Answer> answers = new ConcurrentHashMap<>();
    private final Map<EngineId, Question> asking = new ConcurrentHashMap<>();

    private record Answer(String identity, Optional<VersionStatement> version, Instant at) {}

    /** One of several may stand for the same program, so it is no value. */
    private static final class Question {
        private final String identity;
        private final CompletableFuture<Optional<VersionStatement>> answer = new CompletableFuture<>();

        Question(String identity) {
            this.identity = identity;
        }
    }

    public CachedCliVersions(CliProbe probe, BackgroundTasks background, Clock clock) {
        this.probe = Objects.requireNonNull(probe);
        this.background = Objects.requireNonNull(background);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public void ahead(Collection<EngineId> engines) {
        engines.stream()
                .filter(engine -> !answers.containsKey(engine) && !asking.containsKey(engine))
                .filter(engine -> probe.identity(engine).isPresent())
                .forEach(engine -> background.submit("version-" + engine, () -> detect(engine)));
    }

    @Override
    public Optional<CliVersion> detect(EngineId engine) {
        return stated(engine).map(VersionStatement::version);
    }

    private Optional<VersionStatement> stated(EngineId engine) {
        Optional<String> identity = probe.identity(engine);
        if (identity.isEmpty()) {
            answers.remove(engine);
            return Optional.empty();
        }
        Answer answer = answers.get(engine);
        return answer == null || !answer.identity().equals(identity.get())
                ? ask(engine, identity.get(), answer)
                : remembered(engine, answer);
    }

    @Override
    public Optional<CliVersion> evident(EngineId engine, Duration patience) {
        return within(engine, patience).filter(VersionStatement::evident).map(VersionStatement::version);
    }

    private Optional<VersionStatement> within(EngineId engine, Duration patience) {
        Optional<String> identity = probe.identity(engine);
        if (identity.isEmpty()) {
            return Optional.empty();
        }
        Answer answer = answers.get(engine);
        if (answer != null && answer.identity().equals(identity.get())) {
            return remembered(engine, answer);
        }
        Question asked = asking.get(engine);
        if (asked != null && asked.identity.equals(identity.get())) {
            return awaited(asked.answer, patience);
        }
        CompletableFuture<Optional<VersionStatement>> told = new CompletableFuture<>();
        background.submit("version-" + engine, () -> told.complete(stated(engine)));
        return awaited(told, patience);
    }

    /**
     * Forgets an answer; who is being asked just now is not believed either.
     *
     * @param engine the engine
     */
    public void forget(EngineId engine) {
        asking.remove(engine);
        answers.remove(engine);
    }

    /** Gives an answer, and has it looked at again beside it when it is old. */
    private Optional<VersionStatement> remembered(EngineId engine, Answer answer) {
        if (answer.at().plus(FRESH).isBefore(clock.instant()) && !asking.containsKey(engine)) {
            background.submit("version-" + engine, () -> ask(engine, answer.identity(), answer));
        }
        return answer.version();
    }

    private static Optional<VersionStatement> awaited(
            CompletableFuture<Optional<VersionStatement>> answer, Duration patience) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    /** Asks, unless another thread has brought an answer since the one that was seen. */
    private Optional<VersionStatement> ask(EngineId engine, String identity, @Nullable Answer seen) {
        Question mine = new Question(identity);
        Question first = asking.compute(
                engine, (name, other) -> other != null && other.identity.equals(identity) ? other : mine);
        if (first == mine) {
            Answer now = answers.get(engine);
            if (now != null && !now.equals(seen) && now.identity().equals(identity)) {
                asking.remove(engine, mine);
                mine.answer.complete(now.version());
            } else {
                answer(engine, mine);
            }
        }
        try {
            return first.answer.join();
        } catch (CompletionException e) {
            return Optional.empty();
        }
    }

    private void answer(EngineId engine, Question question) {
        Optional<VersionStatement> version = Optional.empty();
        try {
            version = probe.ask(engine);
            Answer answer = new Answer(question.identity, version, clock.instant());
            // Only who has not been overtaken meanwhile is believed.
            asking.computeIfPresent(engine, (name, current) -> {
                if (current == question) {
                    answers.put(engine, answer);
                }
                return current;
            });
        } finally {
            asking.remove(engine, question);
            question.answer.complete(version);
        }
    }
}
