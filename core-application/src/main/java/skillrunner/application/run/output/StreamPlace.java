package skillrunner.application.run.output;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.Stall;

/**
 * How far a client is: all that decides what it is told next. Clients at equal places are told the same.
 *
 * @param log whether it wants output
 * @param stdout offset in stdout, in bytes
 * @param stderr offset in stderr, in bytes
 * @param cursor number of the last event; empty if it wants no events
 * @param told the last status that it was told; null before the first
 * @param stall what it was told that the engine is likely to wait for
 * @param sinceStatus how often it was told output since the status was looked at
 */
record StreamPlace(
        boolean log,
        long stdout,
        long stderr,
        Optional<Long> cursor,
        @Nullable RunStatus told,
        Optional<Stall> stall,
        int sinceStatus) {}
