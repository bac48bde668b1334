package skillrunner.domain.skill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The rule by which a folder that holds nothing but instructions for an agent becomes a package: which id and version it gets,
 * and which files are added. What is there stays as it is, byte by byte.
 */
public final class SkillAdoption {
    /** The key of {@code runner.json} that keeps the name in SKILL.md, which the id was made from and may differ from. */
    public static final String ADOPTED_FROM = "adopted_from";

    private static final String PROMPT = "prompt";
    private static final String ANSWER = "answer";
    private static final String FIRST_VERSION = "0.1.0";
    private static final int LONGEST_ID = 64;
    private static final Pattern NOT_OF_AN_ID = Pattern.compile("[^a-z0-9._]+");
    private static final Pattern EDGES = Pattern.compile("^[^a-z0-9]+|[^a-z0-9]+$");

    /** Where a schema goes whose usual place the skill uses for a file of its own. */
    private static final String ASIDE = "assets/skill-runner/";

    private SkillAdoption() {}

    /**
     * What a plain skill says of itself.
     *
     * @param name the name in its front matter
     * @param folder the name of its folder
     * @param description what it is for, in one line; may be empty
     * @param version {@code metadata.version} of its front matter as a text, if it has one
     */
    public record Plain(String name, String folder, String description, Optional<String> version) {
        /** Refuses null parts. */
        public Plain {
            Objects.requireNonNull(name);
            Objects.requireNonNull(folder);
            Objects.requireNonNull(description);
            Objects.requireNonNull(version);
        }
    }

    /**
     * What makes a package of it.
     *
     * @param id its id, which its folder has to be named by
     * @param files path inside the package to what is to be written there, a JSON object as plain values
     */
    public record Addition(SkillId id, Map<String, Map<String, Object>> files) {
        /** Copies the map, keeping its order. */
        public Addition {
            Objects.requireNonNull(id);
            files = new LinkedHashMap<>(files);
        }
    }

    /**
     * Says what is to be added.
     *
     * @param plain the skill
     * @param taken tells whether the skill has something at a path
     * @return it, or empty if no id can be made of the skill's name and its folder's
     */
    public static Optional<Addition> of(Plain plain, Predicate<String> taken) {
        return id(plain.name()).or(() -> id(plain.folder())).map(id -> addition(id, plain, taken));
    }

    /**
     * Makes an id of a name. A name that is one stays; of any other, letters become small, and what an id can't have becomes a
     * dash.
     *
     * @param name any text
     * @return the id, or empty if nothing of the name is left
     */
    public static Optional<SkillId> id(String name) {
        String given = name.strip();
        return SkillId.parse(given).or(() -> {
            String dashed = EDGES.matcher(
                            NOT_OF_AN_ID.matcher(given.toLowerCase(Locale.ROOT)).replaceAll("-"))
                    .replaceAll("");
            String cut = dashed.substring(0, Math.min(LONGEST_ID, dashed.length()));
            return SkillId.parse(EDGES.matcher(cut).replaceAll(""));
        });
    }

    private static Addition addition(SkillId id, Plain plain, Predicate<String> taken) {
        Map<SchemaKind, String> paths = new LinkedHashMap<>();
        for (SchemaKind kind : SchemaKind.values()) {
            String usual = kind.standardPath();
            paths.put(kind, taken.test(usual) ? ASIDE + usual.substring(usual.lastIndexOf('/') + 1) : usual);
        }
        Map<String, Map<String, Object>> files = new LinkedHashMap<>();
        files.put(PackageRules.RUNNER_JSON, manifest(id, plain, paths));
        paths.forEach((kind, path) -> files.put(path, schema(kind)));
        return new Addition(id, files);
    }

    private static Map<String, Object> manifest(SkillId id, Plain plain, Map<SchemaKind, String> paths) {
        Map<String, Object> schemas = new LinkedHashMap<>();
        paths.forEach((kind, path) -> schemas.put(kind.wire(), path));
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("id", id.value());
        manifest.put(
                "version",
                plain.version()
                        .map(String::strip)
                        .flatMap(SkillVersion::parse)
                        .map(SkillVersion::text)
                        .orElse(FIRST_VERSION));
        manifest.put("name", plain.name());
        if (!plain.description().isBlank()) {
            manifest.put("description", plain.description());
        }
        manifest.put(ADOPTED_FROM, plain.name());
        manifest.put("execution_modes", List.of(ExecutionMode.AUTO.wire(), ExecutionMode.INTERACTIVE.wire()));
        manifest.put("schemas", schemas);
        manifest.put("artifacts", List.of());
        return manifest;
    }

    private static Map<String, Object> schema(SchemaKind kind) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        switch (kind) {
            case INPUT -> {
                properties.put(PROMPT, inline(text("What the skill is to do, in your own words.")));
                schema.put("required", List.of(PROMPT));
                schema.put("additionalProperties", file(text("Files of any name may come with it.")));
            }
            case PARAMETER -> {
                // nothing to set
            }
            case OUTPUT -> {
                properties.put(
                        ANSWER,
                        text("Everything the user is to be told, as text or Markdown, with the names of the files that"
                                + " were made."));
                schema.put("required", List.of(ANSWER));
            }
        }
        return schema;
    }

    private static Map<String, Object> text(String description) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("type", "string");
        text.put("description", description);
        return text;
    }

    private static Map<String, Object> inline(Map<String, Object> property) {
        property.put(InputContract.SOURCE, InputContract.INLINE);
        return property;
    }

    private static Map<String, Object> file(Map<String, Object> property) {
        property.put(InputContract.SOURCE, InputContract.FILE);
        return property;
    }
}
