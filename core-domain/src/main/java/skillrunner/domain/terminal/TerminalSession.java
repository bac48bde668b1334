package skillrunner.domain.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import skillrunner.domain.engine.EngineId;

/**
 * An engine's own interface in a terminal. A value: each change is a new one and goes through {@link TerminalLifecycle}.
 *
 * @param id names the session
 * @param engine whose interface it is
 * @param pid the number of its process
 * @param sandbox what keeps the engine's tools from the machine
 * @param status where it stands
 * @param exitCode how its program ended, if it did by itself
 * @param error why it ended, if its user did not end it
 * @param createdAt when it began
 * @param updatedAt when its status last changed
 * @param life how long it may last
 */
public record TerminalSession(
        TerminalId id,
        EngineId engine,
        long pid,
        TerminalSandbox sandbox,
        TerminalStatus status,
        OptionalInt exitCode,
        Optional<String> error,
        Instant createdAt,
        Instant updatedAt,
        Duration life) {
    /** Refuses null parts. */
    public TerminalSession {
        Objects.requireNonNull(id);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(sandbox);
        Objects.requireNonNull(status);
        Objects.requireNonNull(exitCode);
        Objects.requireNonNull(error);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(updatedAt);
        Objects.requireNonNull(life);
    }

    /**
     * A session whose program has just been started.
     *
     * @param id names it
     * @param engine whose interface it is
     * @param pid the number of its process
     * @param sandbox what keeps the engine's tools from the machine
     * @param now when
     * @param life how long it may last
     * @return the session
     */
    public static TerminalSession started(
            TerminalId id, EngineId engine, long pid, TerminalSandbox sandbox, Instant now, Duration life) {
        return new TerminalSession(
                id,
                engine,
                pid,
                sandbox,
                TerminalLifecycle.TABLE.initial(),
                OptionalInt.empty(),
                Optional.empty(),
                now,
                now,
                life);
    }

    /**
     * Returns when it ends, whatever happens.
     *
     * @return the moment
     */
    public Instant expiresAt() {
        return createdAt.plus(life);
    }

    /**
     * Tells whether its time is over.
     *
     * @param now the time
     * @return whether it has not ended and should have
     */
    public boolean isOverdue(Instant now) {
        return !status.isTerminal() && now.isAfter(expiresAt());
    }

    /**
     * The program ended by itself.
     *
     * @param code how
     * @param now when
     * @return the session after it
     */
    public TerminalSession exited(int code, Instant now) {
        return on(TerminalLifecycle.Event.ENDED, OptionalInt.of(code), Optional.empty(), now);
    }

    /**
     * Its time is over.
     *
     * @param now when
     * @return the session after it
     */
    public TerminalSession overdue(Instant now) {
        return on(
                TerminalLifecycle.Event.OVERDUE,
                exitCode,
                Optional.of("the session lasted " + life.toSeconds() + " seconds, and none may last longer"),
                now);
    }

    /**
     * Nobody has used it for too long.
     *
     * @param idle how long nobody may
     * @param now when
     * @return the session after it
     */
    public TerminalSession unused(Duration idle, Instant now) {
        return on(
                TerminalLifecycle.Event.UNUSED,
                exitCode,
                Optional.of("nobody looked at the session for " + idle.toSeconds() + " seconds"),
                now);
    }

    /**
     * It was stopped.
     *
     * @param why why, unless its user wanted it
     * @param now when
     * @return the session after it
     */
    public TerminalSession stopped(Optional<String> why, Instant now) {
        return on(TerminalLifecycle.Event.STOPPED, exitCode, why, now);
    }

    /**
     * What shows it broke.
     *
     * @param why what happened
     * @param now when
     * @return the session after it
     */
    public TerminalSession broken(String why, Instant now) {
        return on(TerminalLifecycle.Event.BROKE, exitCode, Optional.of(why), now);
    }

    private TerminalSession on(TerminalLifecycle.Event event, OptionalInt code, Optional<String> why, Instant now) {
        return new TerminalSession(
                id,
                engine,
                pid,
                sandbox,
                TerminalLifecycle.TABLE.apply(status, event),
                code,
                why,
                createdAt,
                now,
                life);
    }
}
