package skillrunner.http.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.InstalledPackage;
import skillrunner.application.engine.InstalledVersion;
import skillrunner.application.overview.EngineOverview;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeStanding;
import skillrunner.http.WireFormat;

/** Engines on the wire. */
record EngineJson(String engine, @Nullable String cliVersionDetected, List<ModelJson> models) {

    static EngineJson of(EngineId engine, Optional<CliVersion> version, List<ModelEntry> models) {
        return new EngineJson(engine.wire(), version.map(CliVersion::text).orElse(null), ModelJson.of(models));
    }

    /** All engines. */
    record Listed(List<EngineJson> engines) {}

    /** Where the CLIs are and who is signed in. */
    record AuthStatus(Map<String, EngineAuthJson> engines) {}

    /** What a person who looks after engines sees first. */
    record Summary(
            String engine,
            @Nullable String cliVersion,
            @Nullable Boolean cliVersionSupported,
            boolean authReady,
            String sandboxStatus,
            String processIsolation,
            int modelsCount,
            boolean inUse,
            String cliSource,
            @Nullable String previousVersion) {
        static Summary of(EngineOverview overview) {
            return new Summary(
                    overview.engine().wire(),
                    overview.cliVersion().map(CliVersion::text).orElse(null),
                    overview.cliVersion()
                            .map(version -> overview.versionSupported())
                            .orElse(null),
                    overview.auth().ready(),
                    overview.sandbox().wire(),
                    overview.isolation().wire(),
                    overview.models().map(listing -> listing.models().size()).orElse(0),
                    overview.inUse(),
                    overview.auth().location().source().wire(),
                    overview.versions().stream()
                            .filter(InstalledVersion::previous)
                            .map(InstalledVersion::version)
                            .findFirst()
                            .orElse(null));
        }
    }

    /** All engines, summarized. */
    record Summaries(List<Summary> engines) {}

    /** An engine in full. */
    record Detail(
            String engine,
            @Nullable String cliVersion,
            @Nullable Boolean cliVersionSupported,
            boolean authReady,
            String sandboxStatus,
            String processIsolation,
            int modelsCount,
            boolean inUse,
            String cliSource,
            @Nullable String previousVersion,
            List<ModelJson> models,
            Standing upgradeStatus,
            @Nullable String lastError,
            List<Version> versions) {
        static Detail of(EngineOverview overview, UpgradeStanding standing, Optional<String> catalogueError) {
            Summary summary = Summary.of(overview);
            return new Detail(
                    summary.engine(),
                    summary.cliVersion(),
                    summary.cliVersionSupported(),
                    summary.authReady(),
                    summary.sandboxStatus(),
                    summary.processIsolation(),
                    summary.modelsCount(),
                    summary.inUse(),
                    summary.cliSource(),
                    summary.previousVersion(),
                    overview.models()
                            .map(listing -> ModelJson.of(listing.models()))
                            .orElse(List.of()),
                    Standing.of(standing),
                    standing.lastError().or(() -> catalogueError).orElse(null),
                    overview.versions().stream().map(Version::of).toList());
        }
    }

    /** How an engine stands with its upgrades. */
    record Standing(String state, @Nullable String requestId, @Nullable String mode, @Nullable String updatedAt) {
        static Standing of(UpgradeStanding standing) {
            return new Standing(
                    standing.state().wire(),
                    standing.requestId().map(UpgradeId::value).orElse(null),
                    standing.mode().orElse(null),
                    standing.updatedAt().map(WireFormat::moment).orElse(null));
        }
    }

    /** A version that is installed, and the package it came from as far as that is known. */
    record Version(
            String version,
            String installedAt,
            boolean current,
            boolean previous,
            @Nullable String packageName,
            @Nullable String packageVersion,
            @Nullable String integrity) {
        static Version of(InstalledVersion version) {
            return new Version(
                    version.version(),
                    WireFormat.moment(version.installedAt()),
                    version.current(),
                    version.previous(),
                    version.from().map(InstalledPackage::name).orElse(null),
                    version.from().map(InstalledPackage::version).orElse(null),
                    version.from().flatMap(InstalledPackage::integrity).orElse(null));
        }
    }
}
