package skillrunner.process.launch;

import java.util.Objects;

/**
 * A process that can't be mistaken for another one with the same number.
 *
 * @param pid its number
 * @param start when it started: boot id and clock ticks on Linux, a date elsewhere
 */
record ProcessIdentity(long pid, String start) {
    ProcessIdentity {
        Objects.requireNonNull(start);
    }
}
