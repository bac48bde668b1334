package skillrunner.application.run.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.output.Written;
import skillrunner.application.time.Countdown;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.Stall;
import skillrunner.domain.run.StallKind;
import skillrunner.domain.run.StallPolicy;

/** How long one attempt has said nothing, and why. Used by one thread. */
final class TurnStall implements AutoCloseable {
    /** Between two looks at an engine that is silent. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final TurnStalls shared;
    private final RunId run;
    private final TurnProcess process;
    private Written written = new Written(-1, -1);
    private Duration heard = Duration.ZERO;
    private Instant heardAt = Instant.EPOCH;
    private Optional<Duration> cpuThen = Optional.empty();
    private @Nullable StallKind said;
    private @Nullable Countdown beforeLook;

    TurnStall(TurnStalls shared, RunId run, TurnProcess process) {
        this.shared = shared;
        this.run = run;
        this.process = process;
    }

    /**
     * Looks at an engine that works. Costs next to nothing while it is heard.
     *
     * @param now what it has written
     */
    void look(Written now) {
        if (!now.equals(written)) {
            written = now;
            heard = shared.time.reading();
            heardAt = shared.wall.instant();
            cpuThen = Optional.empty();
            said = null;
            beforeLook = null;
            note(Optional.empty());
        } else if (beforeLook == null || beforeLook.isOver()) {
            beforeLook = Countdown.of(shared.time, PAUSE);
            judge();
        }
    }

    private void judge() {
        Duration silent = shared.time.reading().minus(heard);
        Optional<Duration> cpu = process.cpuTime();
        if (cpuThen.isEmpty()) {
            cpuThen = cpu;
        }
        // Processes that end take their time along, so there may be less than there was.
        Optional<Duration> computed = cpu.flatMap(total -> cpuThen.map(total::minus))
                .map(difference -> difference.isNegative() ? Duration.ZERO : difference);
        note(StallPolicy.kind(new StallPolicy.Facts(silent, computed, said(silent)))
                .map(kind -> new Stall(kind, heardAt)));
    }

    /** Read when they are asked for, and once: nothing was written since. */
    private StallKind said(Duration silent) {
        if (said == null && silent.compareTo(StallPolicy.SILENCE) >= 0) {
            said = StallPolicy.said(shared.outputs.lastWords(run));
        }
        return said == null ? StallKind.ENGINE_BUSY : said;
    }

    private void note(Optional<Stall> stall) {
        if (shared.stalls.note(run, stall)) {
            shared.signals.wake(run);
        }
    }

    @Override
    public void close() {
        note(Optional.empty());
    }
}
