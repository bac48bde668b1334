package skillrunner.engines.codex;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.engine.ModelListCommand;
import skillrunner.domain.model.ModelEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code codex debug models}: one JSON object, from the program itself, also without a network. */
final class CodexModelList implements ModelListCommand {
    @Override
    public List<String> arguments() {
        return List.of("debug", "models");
    }

    /** {@inheritDoc} Models that codex hides from its own menu are left out. */
    @Override
    public List<ModelEntry> parse(String stdout) {
        Map<String, ModelEntry> models = new LinkedHashMap<>();
        try {
            for (JsonNode model : JsonMapper.shared().readTree(stdout).path("models")) {
                String slug = model.path("slug").asString("").strip();
                if (!slug.isEmpty() && model.path("visibility").asString("").equals("list")) {
                    models.putIfAbsent(slug, entry(slug, model));
                }
            }
        } catch (JacksonException e) {
            return List.of();
        }
        return List.copyOf(models.values());
    }

    private static ModelEntry entry(String slug, JsonNode model) {
        List<String> efforts = new ArrayList<>();
        for (JsonNode level : model.path("supported_reasoning_levels")) {
            String effort = level.path("effort").asString("").strip();
            if (!effort.isEmpty() && !efforts.contains(effort)) {
                efforts.add(effort);
            }
        }
        return new ModelEntry(
                slug,
                text(model, "display_name"),
                false,
                text(model, "description"),
                Optional.of(efforts).filter(listed -> !listed.isEmpty()),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> text(JsonNode model, String name) {
        return Optional.of(model.path(name).asString("").strip()).filter(text -> !text.isEmpty());
    }
}
