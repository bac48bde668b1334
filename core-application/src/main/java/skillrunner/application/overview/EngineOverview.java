package skillrunner.application.overview;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.engine.EngineAuth;
import skillrunner.application.engine.InstalledVersion;
import skillrunner.application.model.ModelListing;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;
import skillrunner.domain.run.ProcessIsolation;

/**
 * How an engine stands.
 *
 * @param engine the engine
 * @param inUse whether this server uses it
 * @param cliVersion version of its CLI, if there is one that tells
 * @param versionSupported false if jobs are refused because of the CLI's version
 * @param auth where the CLI is and whether it is signed in
 * @param sandbox what is known of its sandbox
 * @param isolation what keeps the processes of its runs together on this machine from now on
 * @param models its models; empty if the catalogue can't be read
 * @param versions the versions that are installed side by side, newest first
 */
public record EngineOverview(
        EngineId engine,
        boolean inUse,
        Optional<CliVersion> cliVersion,
        boolean versionSupported,
        EngineAuth auth,
        SandboxStatus sandbox,
        ProcessIsolation isolation,
        Optional<ModelListing> models,
        List<InstalledVersion> versions) {
    /** Copies the list and refuses null parts. */
    public EngineOverview {
        Objects.requireNonNull(engine);
        Objects.requireNonNull(cliVersion);
        Objects.requireNonNull(auth);
        Objects.requireNonNull(sandbox);
        Objects.requireNonNull(isolation);
        Objects.requireNonNull(models);
        versions = List.copyOf(versions);
    }

    /**
     * Counts its models.
     *
     * @return how many there are; 0 if the catalogue can't be read
     */
    public int modelsCount() {
        return models.map(listing -> listing.models().size()).orElse(0);
    }

    /**
     * Names the version to go back to.
     *
     * @return the version, or empty if there is none
     */
    public Optional<String> previousVersion() {
        return versions.stream()
                .filter(InstalledVersion::previous)
                .map(InstalledVersion::version)
                .findFirst();
    }
}
