package skillrunner.http.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.http.JsonNames;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.VisibleText;
import tools.jackson.databind.ObjectWriter;

/** Turns the wire record of a catalogue into the page of an engine's models. */
final class ModelViews {
    private static final String NONE = "-";
    private static final ObjectWriter PRETTY = JsonNames.mapper().writerWithDefaultPrettyPrinter();

    private ModelViews() {}

    static ModelsView page(
            ModelJson.Manifest catalogue, boolean suggests, String message, String error, Messages messages) {
        boolean live = Boolean.TRUE.equals(catalogue.manifest().get("dynamic"));
        String version = catalogue.cliVersionDetected();
        ModelsView.Form form = live
                ? ModelsView.Form.UNSUPPORTED
                : version == null ? ModelsView.Form.NO_VERSION : ModelsView.Form.OFFERED;
        return new ModelsView(
                catalogue.engine(),
                Objects.requireNonNullElse(version, NONE),
                live ? liveFacts(catalogue, messages) : facts(catalogue, messages),
                VisibleText.of(message),
                VisibleText.of(error),
                VisibleText.of(PRETTY.writeValueAsString(catalogue.manifest())),
                catalogue.models().stream().map(ModelViews::model).toList(),
                catalogue.models().stream().anyMatch(model -> model.provider() != null),
                form,
                suggests ? "/v1/engines/" + catalogue.engine() + "/models/suggestion" : "",
                version != null && version.equals(catalogue.resolvedSnapshotVersion()));
    }

    private static List<ModelsView.Fact> facts(ModelJson.Manifest catalogue, Messages messages) {
        List<ModelsView.Fact> facts = new ArrayList<>();
        facts.add(version(catalogue, messages));
        facts.add(fact("models.snapshot", catalogue.resolvedSnapshotVersion(), messages));
        facts.add(fact("models.file", catalogue.resolvedSnapshotFile(), messages));
        facts.add(source(catalogue, messages));
        doubt(catalogue, facts, messages);
        return facts;
    }

    private static List<ModelsView.Fact> liveFacts(ModelJson.Manifest catalogue, Messages messages) {
        Map<String, Object> manifest = catalogue.manifest();
        String status = String.valueOf(manifest.get("status"));
        List<ModelsView.Fact> facts = new ArrayList<>();
        facts.add(version(catalogue, messages));
        facts.add(source(catalogue, messages));
        facts.add(fact("models.status", messages.text("models.status." + status), messages));
        // What came with the product was never updated.
        facts.add(
                status.equals("seed_fallback")
                        ? fact("models.updated", messages.text("models.updated.never"), messages)
                        : new ModelsView.Fact(
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

    private static void doubt(ModelJson.Manifest catalogue, List<ModelsView.Fact> facts, Messages messages) {
        String reason = catalogue.fallbackReason();
        if (reason != null) {
            String key = "models.fallback." + reason;
            facts.add(
                    fact("models.fallback", messages.has(key) ? messages.text(key) : VisibleText.of(reason), messages));
        }
    }

    private static ModelsView.Fact version(ModelJson.Manifest catalogue, Messages messages) {
        return fact("models.version", catalogue.cliVersionDetected(), messages);
    }

    private static ModelsView.Fact source(ModelJson.Manifest catalogue, Messages messages) {
        return fact("models.source", messages.text("models.source." + catalogue.source()), messages);
    }

    private static ModelsView.Fact fact(String key, @Nullable String value, Messages messages) {
        return new ModelsView.Fact(messages.text(key), Objects.requireNonNullElse(value, NONE), null);
    }

    private static ModelsView.Model model(ModelJson model) {
        return new ModelsView.Model(
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
