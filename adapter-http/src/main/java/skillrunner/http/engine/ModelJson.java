package skillrunner.http.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.model.ModelListing;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;
import skillrunner.domain.model.ModelEntry;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** A model on the wire, and the lists it comes in. */
record ModelJson(
        String id,
        @Nullable String displayName,
        boolean deprecated,
        @Nullable String notes,
        @Nullable List<String> supportedEffort,
        @Nullable String provider,
        @Nullable String model) {

    static ModelJson of(ModelEntry entry) {
        return new ModelJson(
                entry.id(),
                entry.displayName().orElse(null),
                entry.deprecated(),
                entry.notes().orElse(null),
                entry.supportedEfforts().orElse(null),
                entry.provider().orElse(null),
                entry.model().orElse(null));
    }

    static List<ModelJson> of(List<ModelEntry> entries) {
        return entries.stream().map(ModelJson::of).toList();
    }

    /** The models of an engine; the provider is there where all are of one and don't name it. */
    record Listed(
            EngineId engine,
            @Nullable String provider,
            @Nullable CliVersion cliVersionDetected,
            @Nullable String snapshotVersionUsed,
            ModelListing.Source source,
            @Nullable String fallbackReason,
            List<ModelJson> models) {
        static Listed of(ModelListing listing, Optional<String> provider) {
            return new Listed(
                    listing.engine(),
                    provider.orElse(null),
                    listing.cliVersion().orElse(null),
                    listing.snapshotVersion().orElse(null),
                    listing.source(),
                    listing.fallbackReason().orElse(null),
                    ModelJson.of(listing.models()));
        }
    }

    /** The catalogue of an engine as it is kept; a manifest of snapshots is passed on as it is stored. */
    record Manifest(
            EngineId engine,
            @Nullable CliVersion cliVersionDetected,
            Object manifest,
            @Nullable String resolvedSnapshotVersion,
            @Nullable String resolvedSnapshotFile,
            ModelListing.Source source,
            @Nullable String fallbackReason,
            List<ModelJson> models) {
        static Manifest of(ModelListing listing) {
            return new Manifest(
                    listing.engine(),
                    listing.cliVersion().orElse(null),
                    ModelJson.manifest(listing),
                    listing.snapshotVersion().orElse(null),
                    listing.snapshotFile().orElse(null),
                    listing.source(),
                    listing.fallbackReason().orElse(null),
                    ModelJson.of(listing.models()));
        }
    }

    /** Rows a CLI proposes for a new snapshot. */
    record Suggested(EngineId engine, @Nullable CliVersion cliVersionDetected, List<ModelJson> models) {
        static Suggested of(EngineId engine, Optional<CliVersion> version, List<ModelEntry> models) {
            return new Suggested(engine, version.orElse(null), ModelJson.of(models));
        }
    }

    /** What stands for the manifest of an engine that is asked for its models. Moments are whole seconds here. */
    record Live(
            EngineId engine,
            boolean dynamic,
            ModelListing.Source source,
            LiveModels.Status status,
            @JsonSerialize(using = ToStringSerializer.class) Instant updatedAt,
            @JsonSerialize(using = ToStringSerializer.class) @Nullable Instant lastAttemptAt,
            List<String> providers,
            @Nullable String lastError,
            @Nullable String cacheFile,
            List<Object> snapshots) {
        static Live of(ModelListing listing, LiveModels models) {
            return new Live(
                    listing.engine(),
                    true,
                    listing.source(),
                    models.status(),
                    models.updatedAt(),
                    models.lastAttemptAt().orElse(null),
                    models.providers(),
                    models.lastError().orElse(null),
                    listing.snapshotFile().orElse(null),
                    List.of());
        }
    }

    private static Object manifest(ModelListing listing) {
        return listing.manifest() instanceof ModelListing.Manifest.Live live
                ? Live.of(listing, live.models())
                : ((ModelListing.Manifest.Stored) listing.manifest()).content();
    }
}
