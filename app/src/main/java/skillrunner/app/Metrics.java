package skillrunner.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.RunCounts;
import skillrunner.application.run.retention.RemoveRuns;
import skillrunner.domain.run.RunStatus;
import skillrunner.embedding.run.RunCapability;
import skillrunner.http.run.StreamConnections;

/** All metrics, read when they are asked for. The registry is made at the first request. Safe for concurrent use. */
final class Metrics implements Supplier<String> {
    private static final double NANOS = 1e9;

    private final RunCapability runs;
    private final StreamConnections streams;
    private final RunCounts counts;
    private final RemoveRuns removal;

    /** No monitor: the store is asked inside, and a virtual thread that waits there must give its carrier to others. */
    private final ReentrantLock making = new ReentrantLock();

    private @Nullable PrometheusMeterRegistry registry;

    /** Asked for once, so that the gauges of one answer belong together. */
    private volatile Map<RunStatus, Long> byStatus = Map.of();

    Metrics(RunCapability runs, StreamConnections streams) {
        this.runs = runs;
        this.streams = streams;
        this.counts = runs.counts();
        this.removal = runs.useCases().remove();
    }

    @Override
    public String get() {
        making.lock();
        try {
            if (registry == null) {
                registry = build();
            }
            byStatus = runs.runs().countByStatus();
            return registry.scrape();
        } finally {
            making.unlock();
        }
    }

    private PrometheusMeterRegistry build() {
        PrometheusMeterRegistry fresh = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        for (RunStatus status : RunStatus.values()) {
            Gauge.builder("skill_runner_runs", () -> byStatus.get(status))
                    .description("Runs by status")
                    .tag("status", status.wire())
                    .register(fresh);
        }
        Gauge.builder("skill_runner_slots", runs::slots)
                .description("Runs that may work at once")
                .register(fresh);
        Gauge.builder("skill_runner_slots_busy", runs::busySlots)
                .description("Runs at work")
                .register(fresh);
        Gauge.builder("skill_runner_streams_open", streams::openStreams)
                .description("Clients that follow output")
                .register(fresh);
        Gauge.builder("skill_runner_stream_lag_seconds", () -> seconds(streams.longestLag()))
                .description("For how long the slowest of them has not been sent all there is")
                .register(fresh);
        count(fresh);
        new JvmMemoryMetrics().bindTo(fresh);
        new JvmThreadMetrics().bindTo(fresh);
        new ProcessorMetrics().bindTo(fresh);
        new UptimeMetrics().bindTo(fresh);
        return fresh;
    }

    private void count(PrometheusMeterRegistry fresh) {
        for (RunStatus status : RunStatus.values()) {
            if (status.isTerminal()) {
                FunctionCounter.builder("skill_runner_runs_ended_total", counts, it -> it.runsEnded(status))
                        .description("Runs that have ended since the start")
                        .tag("verdict", status.wire())
                        .register(fresh);
            }
        }
        FunctionCounter.builder("skill_runner_leaked_processes_total", counts, RunCounts::processesLeaked)
                .description("Processes of runs that could not be ended")
                .register(fresh);
        FunctionCounter.builder("skill_runner_queue_wait_seconds_total", counts, it -> seconds(it.waited()))
                .description("How long all runs that got a slot waited for it")
                .register(fresh);
        FunctionCounter.builder("skill_runner_runs_started_total", counts, RunCounts::runsTaken)
                .description("Runs that got a slot")
                .register(fresh);
        FunctionCounter.builder("skill_runner_runs_removed_total", removal, RemoveRuns::removedSoFar)
                .description("Runs that were removed, because they were kept long enough or somebody asked for it")
                .register(fresh);
    }

    private static double seconds(Duration span) {
        return span.toNanos() / NANOS;
    }
}
