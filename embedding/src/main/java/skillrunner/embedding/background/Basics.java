package skillrunner.embedding.background;

import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import skillrunner.application.background.IdSource;
import skillrunner.application.json.JsonText;
import skillrunner.embedding.settings.RunnerSettings;
import skillrunner.workspace.json.JacksonJson;

/**
 * What every capability of a runner stands on.
 *
 * @param settings how the runner is to be
 * @param threads its threads
 * @param json reads and writes JSON
 * @param ids names things
 * @param clock tells the time
 */
public record Basics(RunnerSettings settings, RunnerThreads threads, JsonText json, IdSource ids, Clock clock) {
    /** Refuses null parts. */
    public Basics {
        Objects.requireNonNull(settings);
        Objects.requireNonNull(threads);
        Objects.requireNonNull(json);
        Objects.requireNonNull(ids);
        Objects.requireNonNull(clock);
    }

    /**
     * Takes clock and ids of the system.
     *
     * @param settings how the runner is to be
     * @param threads its threads
     * @return the basics
     */
    public static Basics of(RunnerSettings settings, RunnerThreads threads) {
        return new Basics(
                settings, threads, new JacksonJson(), () -> UUID.randomUUID().toString(), Clock.systemUTC());
    }
}
