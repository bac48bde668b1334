package skillrunner.http.engine;

import skillrunner.application.model.ModelListing;
import skillrunner.http.WireFormat;
import tools.jackson.databind.ObjectWriter;

/** An engine's manifest as a document that people read. */
final class ModelManifestDocument {
    private static final ObjectWriter PRETTY = WireFormat.mapper().writerWithDefaultPrettyPrinter();

    private ModelManifestDocument() {}

    /** Writes the manifest as {@code GET /v1/engines/{engine}/models/manifest} answers it, but indented. */
    static String text(ModelListing listing) {
        return PRETTY.writeValueAsString(ModelJson.Manifest.of(listing).manifest());
    }
}
