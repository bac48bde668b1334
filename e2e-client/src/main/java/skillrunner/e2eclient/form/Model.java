package skillrunner.e2eclient.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.JsonNode;

/**
 * A model of an engine.
 *
 * @param engine the engine
 * @param provider whose model it is
 * @param id what is sent
 * @param label what people call it
 * @param efforts how hard it can be asked to think; empty if it can't
 */
public record Model(String engine, String provider, String id, String label, List<String> efforts) {
    /** Engines with one provider don't name it. */
    private static final Map<String, String> ONLY_PROVIDER =
            Map.of("codex", "openai", "gemini", "google", "iflow", "iflowcn");

    private static final int MOST = 2_000;

    /** Copies the list and refuses null parts. */
    public Model {
        Objects.requireNonNull(engine);
        Objects.requireNonNull(provider);
        Objects.requireNonNull(id);
        Objects.requireNonNull(label);
        efforts = List.copyOf(efforts);
    }

    /**
     * Reads the models of an engine.
     *
     * @param engine the engine
     * @param detail what the server says about it
     * @return its models; what is none is left out
     */
    public static List<Model> all(String engine, JsonNode detail) {
        List<Model> models = new ArrayList<>();
        for (JsonNode model : detail.path("models")) {
            if (models.size() == MOST) {
                break;
            }
            Json.string(model, "id").filter(id -> !id.isBlank()).ifPresent(id -> models.add(of(engine, id, model)));
        }
        return models;
    }

    private static Model of(String engine, String id, JsonNode model) {
        List<String> efforts = new ArrayList<>();
        model.path("supported_effort").forEach(effort -> efforts.add(effort.asString("")));
        return new Model(
                engine,
                provider(engine, id, model),
                id,
                Json.string(model, "display_name").orElse(id),
                efforts);
    }

    private static String provider(String engine, String id, JsonNode model) {
        Optional<String> named = Json.string(model, "provider");
        if (named.isPresent()) {
            return named.get();
        }
        int slash = id.indexOf('/');
        return ONLY_PROVIDER.getOrDefault(engine, slash > 0 ? id.substring(0, slash) : engine);
    }
}
