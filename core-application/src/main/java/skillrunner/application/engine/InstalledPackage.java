package skillrunner.application.engine;

import java.util.Objects;
import java.util.Optional;

/**
 * The npm package a version of a CLI came from.
 *
 * @param name its name
 * @param version the version npm resolved it to
 * @param integrity digest of its archive in the form of subresource integrity, {@code sha512-...}, if npm told it
 */
public record InstalledPackage(String name, String version, Optional<String> integrity) {
    /** Refuses null parts. */
    public InstalledPackage {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
        Objects.requireNonNull(integrity);
    }

    @Override
    public String toString() {
        return name + "@" + version
                + integrity.map(digest -> " (" + digest + ")").orElse("");
    }
}
