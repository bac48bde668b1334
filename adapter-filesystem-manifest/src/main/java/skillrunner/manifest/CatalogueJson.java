package skillrunner.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.model.ModelManifest;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.model.ModelSnapshotRef;
import skillrunner.json.ExactJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the files of this module. What it says of a malformed file has no path and none of its content. */
final class CatalogueJson {
    private static final JsonMapper JSON = ExactJson.mapper()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(INDENTER)
            .withArrayIndenter(INDENTER);

    private static final TypeReference<LinkedHashMap<String, Object>> PLAIN = new TypeReference<>() {};

    /** Of any file of a catalogue: thousands of times what those that exist have. */
    static final int MOST_BYTES = 16 << 20;

    private static final String ENGINE = "engine";
    private static final String VERSION = "version";
    private static final String SNAPSHOTS = "snapshots";
    private static final String FILE = "file";
    private static final String MODELS = "models";

    /** A snapshot with what it says of itself. */
    record Snapshot(Optional<String> engine, Optional<String> version, List<ModelEntry> models) {}

    private CatalogueJson() {}

    /** Returns a manifest that lists nothing. */
    static ObjectNode emptyManifest(EngineId engine) {
        ObjectNode root = JSON.createObjectNode();
        root.put(ENGINE, engine.wire());
        root.putArray(SNAPSHOTS);
        return root;
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    static ObjectNode manifestTree(byte[] bytes) {
        ObjectNode root = object(bytes);
        string(root, ENGINE);
        snapshots(root);
        return root;
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    static ModelManifest manifest(byte[] bytes) {
        ObjectNode root = manifestTree(bytes);
        Map<String, Object> content = JSON.convertValue(root, PLAIN);
        return new ModelManifest(content, snapshots(root));
    }

    /** Lists the snapshots of a manifest that is not malformed, in its order. */
    static List<ModelSnapshotRef> snapshots(ObjectNode root) {
        List<ModelSnapshotRef> snapshots = new ArrayList<>();
        for (JsonNode item : list(root, SNAPSHOTS)) {
            String file = string(item, FILE);
            if (!isPlainName(file)) {
                throw new IllegalArgumentException("a 'file' is not a plain file name");
            }
            snapshots.add(new ModelSnapshotRef(string(item, VERSION), file));
        }
        return snapshots;
    }

    /** Adds snapshots to a manifest and sorts it by version. What else it holds stays. */
    static void list(ObjectNode root, List<ModelSnapshotRef> added) {
        ArrayNode items = (ArrayNode) list(root, SNAPSHOTS);
        for (ModelSnapshotRef snapshot : added) {
            ObjectNode item = items.addObject();
            item.put(VERSION, snapshot.version());
            item.put(FILE, snapshot.file());
        }
        List<JsonNode> sorted = new ArrayList<>();
        items.forEach(sorted::add);
        sorted.sort(Comparator.comparing(item -> string(item, VERSION), CliVersion.ORDER));
        items.removeAll();
        items.addAll(sorted);
    }

    /** Leaves of several lines for one version only the last. */
    static void unite(ObjectNode root) {
        ArrayNode items = (ArrayNode) list(root, SNAPSHOTS);
        Map<String, JsonNode> lastByVersion = new LinkedHashMap<>();
        for (JsonNode item : items) {
            String version = string(item, VERSION);
            lastByVersion.remove(version);
            lastByVersion.put(version, item);
        }
        items.removeAll();
        items.addAll(lastByVersion.values());
    }

    /**
     * Reads a snapshot.
     *
     * @return its models in the file's order; of several with one id only the first
     * @throws IllegalArgumentException if it is malformed
     */
    static Snapshot snapshot(byte[] bytes) {
        ObjectNode root = object(bytes);
        List<ModelEntry> models = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode item : list(root, MODELS)) {
            ModelEntry model = model(item, false);
            if (ids.add(model.id())) {
                models.add(model);
            }
        }
        return new Snapshot(optional(root, ENGINE), optional(root, VERSION), List.copyOf(models));
    }

    /** Writes a snapshot. */
    static byte[] snapshot(EngineId engine, CliVersion version, List<ModelEntry> models) {
        ObjectNode root = JSON.createObjectNode();
        root.put(ENGINE, engine.wire());
        root.put(VERSION, version.text());
        ArrayNode items = root.putArray(MODELS);
        for (ModelEntry model : models) {
            write(items.addObject().put("id", model.id()), model);
        }
        return bytes(root);
    }

    /**
     * Reads what an engine answered when it was asked for its models.
     *
     * @throws IllegalArgumentException if it is malformed or holds no model
     */
    static LiveModels live(byte[] bytes) {
        ObjectNode root = object(bytes);
        List<ModelEntry> models = new ArrayList<>();
        for (JsonNode item : list(root, MODELS)) {
            models.add(model(item, true));
        }
        if (models.isEmpty()) {
            throw new IllegalArgumentException("it holds no model");
        }
        return new LiveModels(
                optional(root, "status").flatMap(LiveModels.Status::parse).orElse(LiveModels.Status.STALE_CACHE),
                time(root, "updated_at").orElse(Instant.EPOCH),
                time(root, "last_attempt_at"),
                optional(root, "last_error"),
                models);
    }

    /** Writes what an engine answered when it was asked for its models. */
    static byte[] live(EngineId engine, LiveModels live) {
        ObjectNode root = JSON.createObjectNode();
        root.put(ENGINE, engine.wire());
        root.put("source", "runtime_probe_cache");
        root.put("status", live.status().wire());
        root.put("updated_at", live.updatedAt().toString());
        root.put("last_attempt_at", live.lastAttemptAt().map(Instant::toString).orElse(null));
        root.put("last_error", live.lastError().orElse(null));
        ArrayNode providers = root.putArray("providers");
        live.providers().forEach(providers::add);
        ArrayNode items = root.putArray(MODELS);
        for (ModelEntry model : live.models()) {
            ObjectNode item = items.addObject().put("id", model.id());
            item.put("provider", model.provider().orElse(null));
            item.put("model", model.model().orElse(null));
            write(item, model);
        }
        return bytes(root);
    }

    /** Writes a tree for people: indented, ending in a line feed. */
    static byte[] bytes(ObjectNode root) {
        byte[] text = JSON.writer().with(PRINTER).writeValueAsBytes(root);
        byte[] line = new byte[text.length + 1];
        System.arraycopy(text, 0, line, 0, text.length);
        line[text.length] = '\n';
        return line;
    }

    private static ModelEntry model(JsonNode item, boolean provided) {
        String id = string(item, "id").strip();
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a model has no id");
        }
        return new ModelEntry(
                id,
                optional(item, "display_name"),
                item.path("deprecated").asBoolean(false),
                optional(item, "notes"),
                efforts(item),
                provided ? optional(item, "provider").or(() -> part(id, true)) : Optional.empty(),
                provided ? optional(item, "model").or(() -> part(id, false)) : Optional.empty());
    }

    private static Optional<String> part(String id, boolean provider) {
        int slash = id.indexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(provider ? id.substring(0, slash) : id.substring(slash + 1));
    }

    private static void write(ObjectNode item, ModelEntry model) {
        item.put("display_name", model.displayName().orElse(null));
        item.put("deprecated", model.deprecated());
        item.put("notes", model.notes().orElse(null));
        model.supportedEfforts().ifPresent(efforts -> {
            ArrayNode names = item.putArray("supported_effort");
            efforts.forEach(names::add);
        });
    }

    private static boolean isPlainName(String file) {
        return !file.isBlank()
                && !file.contains("..")
                && !file.equals(".")
                && file.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
    }

    private static Optional<String> optional(JsonNode item, String name) {
        JsonNode value = item.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static Optional<Instant> time(JsonNode item, String name) {
        return optional(item, name).flatMap(text -> {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
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

    private static ObjectNode object(byte[] bytes) {
        try {
            if (JSON.readTree(bytes) instanceof ObjectNode root) {
                return root;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        }
        throw new IllegalArgumentException("it is not a JSON object");
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
