package skillrunner.domain.engine;

import java.util.Optional;

/** Where the way back leads from one installed version of a CLI. */
public final class VersionSuccession {
    /**
     * An installation of a CLI.
     *
     * @param name what tells it from the others
     * @param version what its CLI calls itself
     * @param predecessor name of the installation the way back from it leads to, if there is one
     */
    public record Installed(String name, String version, Optional<String> predecessor) {}

    private VersionSuccession() {}

    /**
     * Says where the way back from a new installation leads. The same version once more repairs the current one, so it
     * takes the place of that one and the way back still leads to an earlier version.
     *
     * @param version what the new installation's CLI calls itself
     * @param current the installation that is current until then, if there is one
     * @return the name of the installation before it, or empty if there is none
     */
    public static Optional<String> predecessor(String version, Optional<Installed> current) {
        return current.flatMap(
                before -> before.version().equals(version) ? before.predecessor() : Optional.of(before.name()));
    }
}
