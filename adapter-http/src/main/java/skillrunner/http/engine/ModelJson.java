package skillrunner.http.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.model.ModelListing;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.SnapshotRow;
import skillrunner.http.JsonBody;

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

    /** The models of an engine. */
    record Listed(
            String engine,
            @Nullable String cliVersionDetected,
            @Nullable String snapshotVersionUsed,
            String source,
            @Nullable String fallbackReason,
            List<ModelJson> models) {
        static Listed of(ModelListing listing) {
            return new Listed(
                    listing.engine().wire(),
                    version(listing),
                    listing.snapshotVersion().orElse(null),
                    listing.source().wire(),
                    listing.fallbackReason().orElse(null),
                    ModelJson.of(listing.models()));
        }
    }

    /** The catalogue of an engine as it is kept. */
    record Manifest(
            String engine,
            @Nullable String cliVersionDetected,
            Map<String, Object> manifest,
            @Nullable String resolvedSnapshotVersion,
            @Nullable String resolvedSnapshotFile,
            String source,
            @Nullable String fallbackReason,
            List<ModelJson> models) {
        static Manifest of(ModelListing listing) {
            return new Manifest(
                    listing.engine().wire(),
                    version(listing),
                    listing.manifest(),
                    listing.snapshotVersion().orElse(null),
                    listing.snapshotFile().orElse(null),
                    listing.source().wire(),
                    listing.fallbackReason().orElse(null),
                    ModelJson.of(listing.models()));
        }
    }

    /** Rows a CLI proposes for a new snapshot. */
    record Suggested(String engine, @Nullable String cliVersionDetected, List<ModelJson> models) {
        static Suggested of(String engine, Optional<CliVersion> version, List<ModelEntry> models) {
            return new Suggested(engine, version.map(CliVersion::text).orElse(null), ModelJson.of(models));
        }
    }

    /** Reads the rows of a new snapshot; whose version the body names is of no interest. */
    static List<SnapshotRow> rows(JsonBody body) {
        List<SnapshotRow> rows = body.requiredObjects("models").stream()
                .map(row -> new SnapshotRow(
                        row.requiredText("id"),
                        row.text("display_name"),
                        row.strictFlag("deprecated"),
                        row.text("notes"),
                        row.texts("supported_effort")))
                .toList();
        body.refuseIfWrong();
        return rows;
    }

    private static @Nullable String version(ModelListing listing) {
        return listing.cliVersion().map(CliVersion::text).orElse(null);
    }
}
