package skillrunner.http.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.http.WireFormat;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.VisibleText;
import tools.jackson.databind.ObjectWriter;

/** Turns the wire record of a catalogue into the page of an engine's models. */
final class ModelPresenter {
    private static final String NONE = "-";
    private static final ObjectWriter PRETTY = WireFormat.mapper().writerWithDefaultPrettyPrinter();

    private ModelPresenter() {}

    static ModelListView page(
            ModelJson.Manifest catalogue, boolean suggests, String message, String error, Messages messages) {
        boolean live = Boolean.TRUE.equals(catalogue.manifest().get("dynamic"));
        String version = catalogue.cliVersionDetected();
        ModelListView.Form form = live
                ? ModelListView.Form.UNSUPPORTED
                : version == null ? ModelListView.Form.NO_VERSION : ModelListView.Form.OFFERED;
        return new ModelListView(
                catalogue.engine(),
                Objects.requireNonNullElse(version, NONE),
                live ? liveFacts(catalogue, messages) : facts(catalogue, messages),
                VisibleText.of(message),
                VisibleText.of(error),
                VisibleText.of(PRETTY.writeValueAsString(catalogue.manifest())),
                catalogue.models().stream().map(ModelPresenter::model).toList(),
                catalogue.models().stream().anyMatch(model -> model.provider() != null),
                form,
                suggests ? "/v1/engines/" + catalogue.engine() + "/models/suggestion" : "",
                version != null && version.equals(catalogue.resolvedSnapshotVersion()));
    }

    private static List<ModelListView.Fact> facts(ModelJson.Manifest catalogue, Messages messages) {
        List<ModelListView.Fact> facts = new ArrayList<>();
        facts.add(version(catalogue, messages));
        facts.add(fact("models.snapshot", catalogue.resolvedSnapshotVersion(), messages));
        facts.add(fact("models.file", catalogue.resolvedSnapshotFile(), messages));
        facts.add(source(catalogue, messages));
        doubt(catalogue, facts, messages);
        return facts;
    }

    private static List<ModelListView.Fact> liveFacts(ModelJson.Manifest catalogue, Messages messages) {
        Map<String, Object> manifest = catalogue.manifest();
        String status = String.valueOf(manifest.get("status"));
        List<ModelListView.Fact> facts = new ArrayList<>();
        facts.add(version(catalogue, messages));
        facts.add(source(catalogue, messages));
        facts.add(fact("models.status", messages.text("models.status." + status), messages));
        // What came with the product was never updated.
        facts.add(
                status.equals("seed_fallback")
                        ? fact("models.updated", messages.text("models.updated.never"), messages)
                        : new ModelListView.Fact(
                                messages.text("models.updated"),
                                "",
                                Moment.of(Instant.parse(String.valueOf(manifest.get("updated_at"))))));
        facts.add(fact("models.file", catalogue.resolvedSnapshotFile(), messages));
        Object lastError = manifest.get("last_error");
        if (lastError != null) {
            facts.add(fact("models.last.error", VisibleText.of(lastError.toString()), messages));
        } else {
            doubt(catalogue, facts, messages);
        }
        return facts;
    }

    private static void doubt(ModelJson.Manifest catalogue, List<ModelListView.Fact> facts, Messages messages) {
        String reason = catalogue.fallbackReason();
        if (reason != null) {
            String key = "models.fallback." + reason;
            facts.add(
                    fact("models.fallback", messages.has(key) ? messages.text(key) : VisibleText.of(reason), messages));
        }
    }

    private static ModelListView.Fact version(ModelJson.Manifest catalogue, Messages messages) {
        return fact("models.version", catalogue.cliVersionDetected(), messages);
    }

    private static ModelListView.Fact source(ModelJson.Manifest catalogue, Messages messages) {
        return fact("models.source", messages.text("models.source." + catalogue.source()), messages);
    }

    private static ModelListView.Fact fact(String key, @Nullable String value, Messages messages) {
        return new ModelListView.Fact(messages.text(key), Objects.requireNonNullElse(value, NONE), null);
    }

    private static ModelListView.Model model(ModelJson model) {
        return new ModelListView.Model(
                VisibleText.of(model.id()),
                text(model.provider()),
                text(model.model()),
                text(model.displayName()),
                model.deprecated(),
                text(model.notes()),
                model.supportedEffort() == null ? "" : text(String.join(", ", model.supportedEffort())));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : VisibleText.of(text);
    }
}
