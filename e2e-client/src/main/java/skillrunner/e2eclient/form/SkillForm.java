package skillrunner.e2eclient.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.JsonNode;

/**
 * What can be said when a skill is run.
 *
 * @param skill its id
 * @param name what people call it
 * @param purpose what it is for; may be empty
 * @param engines the engines it runs on
 * @param modes the execution modes it has
 * @param models what these engines can be asked to use
 * @param fields everything else
 */
public record SkillForm(
        String skill,
        String name,
        String purpose,
        List<String> engines,
        List<String> modes,
        List<Model> models,
        List<Field> fields) {
    /** Copies the lists and refuses null parts. */
    public SkillForm {
        Objects.requireNonNull(skill);
        Objects.requireNonNull(name);
        Objects.requireNonNull(purpose);
        engines = List.copyOf(engines);
        modes = List.copyOf(modes);
        models = List.copyOf(models);
        fields = List.copyOf(fields);
    }

    /**
     * Makes a form of what the server says.
     *
     * @param skill the skill's id
     * @param detail the skill
     * @param schemas its schemas
     * @param models the models of its engines
     * @return the form
     * @throws skillrunner.e2eclient.backend.BackendException if there is far too much of it
     */
    public static SkillForm of(String skill, JsonNode detail, JsonNode schemas, List<Model> models) {
        List<Field> fields = new ArrayList<>(SchemaFields.ofInput(schemas.path("input")));
        fields.addAll(SchemaFields.ofParameters(schemas.path("parameter")));
        fields.addAll(runtime());
        return new SkillForm(
                skill,
                Json.string(detail, "name").orElse(skill),
                Json.string(detail, "description").orElse(""),
                words(detail.path("effective_engines")),
                words(detail.path("execution_modes")),
                models,
                fields);
    }

    /**
     * Returns the engines of a skill.
     *
     * @param detail the skill, as the server describes it
     * @return their names
     */
    public static List<String> words(JsonNode detail) {
        List<String> words = new ArrayList<>();
        detail.forEach(word ->
                Optional.of(word.asString("")).filter(it -> !it.isBlank()).ifPresent(words::add));
        return words;
    }

    /**
     * Returns the fields of a part.
     *
     * @param group the part
     * @return its fields, in the order of the schema
     */
    public List<Field> fields(FieldGroup group) {
        return fields.stream().filter(field -> field.group() == group).toList();
    }

    private static List<Field> runtime() {
        return List.of(
                option("session_timeout_sec", FieldKind.INTEGER),
                option("hard_timeout_seconds", FieldKind.INTEGER),
                option("interactive_require_user_reply", FieldKind.BOOLEAN),
                option("no_cache", FieldKind.BOOLEAN),
                option("debug", FieldKind.BOOLEAN));
    }

    private static Field option(String key, FieldKind kind) {
        Bounds bounds = kind == FieldKind.INTEGER
                ? new Bounds(
                        Optional.of(java.math.BigDecimal.ONE),
                        Optional.of(java.math.BigDecimal.valueOf(Integer.MAX_VALUE)),
                        java.util.OptionalInt.empty(),
                        java.util.OptionalInt.empty())
                : Bounds.NONE;
        return new Field(FieldGroup.RUNTIME, key, kind, "", "", false, List.of(), Optional.empty(), false, bounds);
    }
}
