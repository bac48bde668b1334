package skillrunner.application.engine;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A version of a CLI that is installed beside others.
 *
 * @param version what the CLI calls itself
 * @param installedAt when it was found to work
 * @param current whether new runs start it
 * @param previous whether a rollback leads to it
 * @param from the package it came from, if that is known
 */
public record InstalledVersion(
        String version, Instant installedAt, boolean current, boolean previous, Optional<InstalledPackage> from) {
    /** Refuses null parts. */
    public InstalledVersion {
        Objects.requireNonNull(version);
        Objects.requireNonNull(installedAt);
        Objects.requireNonNull(from);
    }
}
