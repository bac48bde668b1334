package skillrunner.http.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skillrunner.application.model.ModelListing;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.model.LiveModels;
import skillrunner.domain.model.ModelEntry;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.VisibleText;

/** Turns an engine's models into their page. */
final class ModelPresenter {
    private static final String NONE = "-";

    private ModelPresenter() {}

    static ModelListView page(ModelListing listing, boolean suggests, String message, String error, Messages messages) {
        Optional<String> version = listing.cliVersion().map(CliVersion::text);
        return new ModelListView(
                listing.engine().wire(),
                version.orElse(NONE),
                facts(listing, messages),
                VisibleText.of(message),
                VisibleText.of(error),
                VisibleText.of(ModelManifestDocument.text(listing)),
                listing.models().stream().map(ModelPresenter::model).toList(),
                listing.models().stream().anyMatch(model -> model.provider().isPresent()),
                form(listing),
                suggests ? "/v1/engines/" + listing.engine() + "/models/suggestion" : "",
                version.isPresent() && version.equals(listing.snapshotVersion()));
    }

    private static ModelListView.Form form(ModelListing listing) {
        if (listing.manifest() instanceof ModelListing.Manifest.Live) {
            return ModelListView.Form.UNSUPPORTED;
        }
        return listing.cliVersion().isPresent() ? ModelListView.Form.OFFERED : ModelListView.Form.NO_VERSION;
    }

    private static List<ModelListView.Fact> facts(ModelListing listing, Messages messages) {
        List<ModelListView.Fact> facts = new ArrayList<>();
        facts.add(fact("models.version", listing.cliVersion().map(CliVersion::text), messages));
        if (listing.manifest() instanceof ModelListing.Manifest.Live live) {
            add(facts, listing, live.models(), messages);
        } else {
            facts.add(fact("models.snapshot", listing.snapshotVersion(), messages));
            facts.add(fact("models.file", listing.snapshotFile(), messages));
            facts.add(source(listing, messages));
            doubt(listing, facts, messages);
        }
        return facts;
    }

    private static void add(
            List<ModelListView.Fact> facts, ModelListing listing, LiveModels models, Messages messages) {
        facts.add(source(listing, messages));
        facts.add(fact(
                "models.status",
                messages.text("models.status." + models.status().wire()),
                messages));
        // What came with the product was never updated.
        facts.add(
                models.status() == LiveModels.Status.SEED_FALLBACK
                        ? fact("models.updated", messages.text("models.updated.never"), messages)
                        : new ModelListView.Fact(messages.text("models.updated"), "", Moment.of(models.updatedAt())));
        facts.add(fact("models.file", listing.snapshotFile(), messages));
        models.lastError()
                .ifPresentOrElse(
                        error -> facts.add(fact("models.last.error", VisibleText.of(error), messages)),
                        () -> doubt(listing, facts, messages));
    }

    private static void doubt(ModelListing listing, List<ModelListView.Fact> facts, Messages messages) {
        listing.fallbackReason().ifPresent(reason -> {
            String key = "models.fallback." + reason;
            facts.add(
                    fact("models.fallback", messages.has(key) ? messages.text(key) : VisibleText.of(reason), messages));
        });
    }

    private static ModelListView.Fact source(ModelListing listing, Messages messages) {
        return fact(
                "models.source",
                messages.text("models.source." + listing.source().wire()),
                messages);
    }

    private static ModelListView.Fact fact(String key, Optional<String> value, Messages messages) {
        return fact(key, value.orElse(NONE), messages);
    }

    private static ModelListView.Fact fact(String key, String value, Messages messages) {
        return new ModelListView.Fact(messages.text(key), value, null);
    }

    private static ModelListView.Model model(ModelEntry model) {
        return new ModelListView.Model(
                VisibleText.of(model.id()),
                shown(model.provider()),
                shown(model.model()),
                shown(model.displayName()),
                model.deprecated(),
                shown(model.notes()),
                shown(model.supportedEfforts().map(efforts -> String.join(", ", efforts))));
    }

    private static String shown(Optional<String> text) {
        return text.map(VisibleText::of).orElse("");
    }
}
