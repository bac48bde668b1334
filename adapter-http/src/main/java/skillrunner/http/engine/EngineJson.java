package skillrunner.http.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.CliSource;
import skillrunner.application.engine.InstalledPackage;
import skillrunner.application.engine.InstalledVersion;
import skillrunner.application.overview.EngineDetails;
import skillrunner.application.overview.EngineOverview;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeStanding;

/** Engines on the wire. */
record EngineJson(EngineId engine, @Nullable CliVersion cliVersionDetected, List<ModelJson> models) {

    static EngineJson of(EngineId engine, Optional<CliVersion> version, List<ModelEntry> models) {
        return new EngineJson(engine, version.orElse(null), ModelJson.of(models));
    }

    /** All engines. */
    record Listed(List<EngineJson> engines) {}

    /** Where the CLIs are and who is signed in. */
    record AuthStatus(Map<EngineId, EngineAuthJson> engines) {}

    /** What a person who looks after engines sees first. */
    record Summary(
            EngineId engine,
            @Nullable CliVersion cliVersion,
            @Nullable Boolean cliVersionSupported,
            boolean authReady,
            @Nullable Instant authExpiresAt,
            boolean authRenewsItself,
            boolean authExpired,
            SandboxStatus sandboxStatus,
            ProcessIsolation processIsolation,
            int modelsCount,
            boolean inUse,
            CliSource cliSource,
            @Nullable String previousVersion) {
        static Summary of(EngineOverview overview) {
            return new Summary(
                    overview.engine(),
                    overview.cliVersion().orElse(null),
                    overview.cliVersion()
                            .map(version -> overview.versionSupported())
                            .orElse(null),
                    overview.auth().ready(),
                    overview.auth().life().expiresAt().orElse(null),
                    overview.auth().life().renewsItself(),
                    overview.auth().expired(),
                    overview.sandbox(),
                    overview.isolation(),
                    overview.modelsCount(),
                    overview.inUse(),
                    overview.auth().location().source(),
                    overview.previousVersion().orElse(null));
        }
    }

    /** All engines, summarized. */
    record Summaries(List<Summary> engines) {
        static Summaries of(List<EngineOverview> engines) {
            return new Summaries(engines.stream().map(Summary::of).toList());
        }
    }

    /** An engine in full. */
    record Detail(
            EngineId engine,
            @Nullable CliVersion cliVersion,
            @Nullable Boolean cliVersionSupported,
            boolean authReady,
            @Nullable Instant authExpiresAt,
            boolean authRenewsItself,
            boolean authExpired,
            SandboxStatus sandboxStatus,
            ProcessIsolation processIsolation,
            int modelsCount,
            boolean inUse,
            CliSource cliSource,
            @Nullable String previousVersion,
            List<ModelJson> models,
            Standing upgradeStatus,
            @Nullable String lastError,
            List<Version> versions) {
        static Detail of(EngineDetails details) {
            EngineOverview overview = details.overview();
            Summary summary = Summary.of(overview);
            return new Detail(
                    summary.engine(),
                    summary.cliVersion(),
                    summary.cliVersionSupported(),
                    summary.authReady(),
                    summary.authExpiresAt(),
                    summary.authRenewsItself(),
                    summary.authExpired(),
                    summary.sandboxStatus(),
                    summary.processIsolation(),
                    summary.modelsCount(),
                    summary.inUse(),
                    summary.cliSource(),
                    summary.previousVersion(),
                    overview.models()
                            .map(listing -> ModelJson.of(listing.models()))
                            .orElse(List.of()),
                    Standing.of(details.upgrades()),
                    details.lastError().orElse(null),
                    overview.versions().stream().map(Version::of).toList());
        }
    }

    /** How an engine stands with its upgrades. */
    record Standing(
            UpgradeStanding.State state,
            @Nullable UpgradeId requestId,
            @Nullable String mode,
            @Nullable Instant updatedAt) {
        static Standing of(UpgradeStanding standing) {
            return new Standing(
                    standing.state(),
                    standing.requestId().orElse(null),
                    standing.mode().orElse(null),
                    standing.updatedAt().orElse(null));
        }
    }

    /** A version that is installed, and the package it came from as far as that is known. */
    record Version(
            String version,
            Instant installedAt,
            boolean current,
            boolean previous,
            @Nullable String packageName,
            @Nullable String packageVersion,
            @Nullable String integrity) {
        static Version of(InstalledVersion version) {
            return new Version(
                    version.version(),
                    version.installedAt(),
                    version.current(),
                    version.previous(),
                    version.from().map(InstalledPackage::name).orElse(null),
                    version.from().map(InstalledPackage::version).orElse(null),
                    version.from().flatMap(InstalledPackage::integrity).orElse(null));
        }
    }
}
