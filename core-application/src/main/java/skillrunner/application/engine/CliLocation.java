package skillrunner.application.engine;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a CLI is found. The managed installation wins over the machine's own.
 *
 * @param managed absolute path in the managed npm prefix
 * @param global absolute path on the server's search path, outside the managed prefix
 */
public record CliLocation(Optional<String> managed, Optional<String> global) {
    /** Refuses null parts. */
    public CliLocation {
        Objects.requireNonNull(managed);
        Objects.requireNonNull(global);
    }

    /**
     * Returns the installation that is used.
     *
     * @return its path, or empty if there is none
     */
    public Optional<String> effective() {
        return managed.or(() -> global);
    }

    /**
     * Says which installation is used.
     *
     * @return the source
     */
    public CliSource source() {
        if (managed.isPresent()) {
            return CliSource.MANAGED;
        }
        return global.isPresent() ? CliSource.GLOBAL : CliSource.MISSING;
    }
}
