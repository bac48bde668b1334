package skillrunner.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.Runs;
import skillrunner.application.run.execution.RunDispatcher;
import skillrunner.domain.run.RunStatus;

/** All metrics, read when they are asked for. The registry is made at the first request. Safe for concurrent use. */
final class Metrics implements Supplier<String> {
    private final Runs runs;
    private final RunDispatcher dispatcher;
    private final int slots;
    private final IntSupplier openStreams;

    /** No monitor: the store is asked inside, and a virtual thread that waits there must give its carrier to others. */
    private final ReentrantLock making = new ReentrantLock();

    private @Nullable PrometheusMeterRegistry registry;

    Metrics(Runs runs, RunDispatcher dispatcher, int slots, IntSupplier openStreams) {
        this.runs = runs;
        this.dispatcher = dispatcher;
        this.slots = slots;
        this.openStreams = openStreams;
    }

    @Override
    public String get() {
        making.lock();
        try {
            if (registry == null) {
                registry = build();
            }
            return registry.scrape();
        } finally {
            making.unlock();
        }
    }

    private PrometheusMeterRegistry build() {
        PrometheusMeterRegistry fresh = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        for (RunStatus status : RunStatus.values()) {
            Gauge.builder("skill_runner_runs", () -> runs.countByStatus().get(status))
                    .description("Runs by status")
                    .tag("status", status.wire())
                    .register(fresh);
        }
        Gauge.builder("skill_runner_slots", () -> slots)
                .description("Runs that may work at once")
                .register(fresh);
        Gauge.builder("skill_runner_slots_busy", dispatcher::busySlots)
                .description("Runs at work")
                .register(fresh);
        Gauge.builder("skill_runner_streams_open", openStreams::getAsInt)
                .description("Clients that follow output")
                .register(fresh);
        new JvmMemoryMetrics().bindTo(fresh);
        new JvmThreadMetrics().bindTo(fresh);
        new ProcessorMetrics().bindTo(fresh);
        new UptimeMetrics().bindTo(fresh);
        return fresh;
    }
}
