package skillrunner.application.run.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.time.Countdown;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.KeptWaitPolicy;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.TimeLeft;
import skillrunner.domain.run.WaitingPolicy;

/**
 * The time in which an engine that keeps running waits for an answer: looks whether it is still there, whether somebody wants
 * the end of its run, and whether the time is over. Used by one thread; blocks while it ends a process.
 */
final class KeptWait implements Stage {
    private final HeldAttempt held;
    private final TurnProcess process;
    private final TurnOutput output;
    private final TurnUsage usage;
    private final TurnStop stop;
    private final TurnTime time;
    private final RunSetbacks setbacks;
    private final Interactions interactions;
    private boolean seen;
    private @Nullable Countdown patience;

    /** @param seen whether this server has seen the engine wait already, and did not find it after a restart */
    KeptWait(
            HeldAttempt held,
            TurnOutput output,
            TurnUsage usage,
            TurnTime time,
            Interactions interactions,
            boolean seen) {
        this.held = Objects.requireNonNull(held);
        this.process = held.process();
        this.output = Objects.requireNonNull(output);
        this.usage = Objects.requireNonNull(usage);
        this.stop = held.stop();
        this.time = Objects.requireNonNull(time);
        this.setbacks = held.setbacks();
        this.interactions = Objects.requireNonNull(interactions);
        this.seen = seen;
    }

    @Override
    public Next next(Run run, Optional<RunRequest> request) {
        output.follow();
        boolean works = process.look() instanceof AgentProcesses.State.Running;
        Optional<Countdown> left = patience(run, request);
        Optional<RunFailureCode> exceeded = works ? usage.breach(true) : Optional.empty();
        Optional<RunFailureCode> reason = KeptWaitPolicy.reason(facts(run, works, exceeded, left));
        if (works && reason.isEmpty()) {
            seen = true;
            return new Next.Later(left.map(time::untilNextLook).orElseGet(time::poll));
        }
        if (works) {
            process.decideToStop(reason.orElseThrow());
            Optional<Duration> pause = stop.end(reason.get());
            if (pause.isPresent()) {
                return new Next.Later(setbacks.waitFor(pause.get()));
            }
            if (!stop.isGivenUp()) {
                return new Next.Again();
            }
        }
        process.sweep();
        return new Next.Over(KeptWaitPolicy.end(facts(run, works, exceeded, left)));
    }

    private KeptWaitPolicy.Facts facts(
            Run run, boolean works, Optional<RunFailureCode> exceeded, Optional<Countdown> left) {
        return new KeptWaitPolicy.Facts(
                process.attempt().flatMap(Attempt::stopReason),
                works,
                run.cancelRequested(),
                setbacks.fault(),
                exceeded,
                left.filter(Countdown::isOver).isPresent(),
                seen);
    }

    /** How long the engine is kept; empty if somebody decides for its user when that time is over. */
    private Optional<Countdown> patience(Run run, Optional<RunRequest> request) {
        if (patience == null) {
            patience = request.filter(it -> WaitingPolicy.onExpiry(it.options(), true) == WaitingPolicy.Expiry.FAILURE)
                    .flatMap(it -> run.interactions().pending())
                    .flatMap(number -> interactions.find(run.id(), number))
                    .flatMap(this::patience)
                    .orElse(null);
        }
        return Optional.ofNullable(patience);
    }

    private Optional<Countdown> patience(Interaction asked) {
        return asked.deadline().map(deadline -> {
            Instant began = asked.createdAt();
            return time.countdown(TimeLeft.afterRestart(Duration.between(began, deadline), deadline, time.now()));
        });
    }

    @Override
    public HeldAttempt held() {
        return held;
    }

    @Override
    public void abandonLongSteps() {
        stop.abandon();
    }

    @Override
    public void startOver() {
        // Nothing of it takes long.
    }

    @Override
    public void close() {
        abandonLongSteps();
        output.close();
    }
}
