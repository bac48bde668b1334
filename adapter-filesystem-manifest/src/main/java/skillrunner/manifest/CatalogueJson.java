package skillrunner.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import skillrunner.domain.model.ModelEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the two kinds of files. */
final class CatalogueJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** A plain name: a manifest can't point anywhere else than beside itself. */
    private static final Pattern FILE_NAME = Pattern.compile("[0-9A-Za-z_][0-9A-Za-z._+-]*");

    /** One line of a manifest. */
    record Snapshot(String version, String file) {}

    private CatalogueJson() {}

    /**
     * Reads a manifest.
     *
     * @return its snapshots in the file's order
     * @throws IllegalArgumentException if it is malformed
     */
    static List<Snapshot> manifest(byte[] bytes) {
        JsonNode root = object(bytes);
        if (!root.path("engine").isString()) {
            throw new IllegalArgumentException("'engine' is not a string");
        }
        List<Snapshot> snapshots = new ArrayList<>();
        for (JsonNode item : list(root, "snapshots")) {
            String file = string(item, "file");
            if (!FILE_NAME.matcher(file).matches()) {
                throw new IllegalArgumentException("'" + file + "' is not a plain file name");
            }
            snapshots.add(new Snapshot(string(item, "version"), file));
        }
        return snapshots;
    }

    /**
     * Reads a snapshot.
     *
     * @return its models in the file's order; of several with one id only the first
     * @throws IllegalArgumentException if it is malformed
     */
    static List<ModelEntry> models(byte[] bytes) {
        List<ModelEntry> models = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode item : list(object(bytes), "models")) {
            String id = string(item, "id").strip();
            if (id.isEmpty()) {
                throw new IllegalArgumentException("a model has no id");
            }
            if (ids.add(id)) {
                models.add(new ModelEntry(
                        id,
                        optional(item, "display_name"),
                        item.path("deprecated").asBoolean(false),
                        optional(item, "notes"),
                        efforts(item),
                        optional(item, "provider"),
                        optional(item, "model")));
            }
        }
        return models;
    }

    private static Optional<String> optional(JsonNode item, String name) {
        JsonNode value = item.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static Optional<List<String>> efforts(JsonNode item) {
        JsonNode efforts = item.path("supported_effort");
        if (efforts.isMissingNode() || efforts.isNull()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode effort : list(item, "supported_effort")) {
            if (!effort.isString()) {
                throw new IllegalArgumentException("an effort is not a string");
            }
            names.add(effort.stringValue());
        }
        return Optional.of(names);
    }

    private static JsonNode object(byte[] bytes) {
        try {
            JsonNode root = JSON.readTree(bytes);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    private static JsonNode list(JsonNode parent, String name) {
        JsonNode list = parent.path(name);
        if (!list.isArray()) {
            throw new IllegalArgumentException("'" + name + "' is not a list");
        }
        return list;
    }

    private static String string(JsonNode parent, String name) {
        JsonNode value = parent.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("'" + name + "' is not a string");
        }
        return value.stringValue();
    }
}
