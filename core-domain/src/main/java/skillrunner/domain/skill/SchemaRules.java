package skillrunner.domain.skill;

import java.util.List;
import java.util.Map;
import skillrunner.domain.json.JsonPointer;
import skillrunner.domain.path.RelativePath;
import skillrunner.domain.skill.PackageFinding.Severity;

/** The rules for the three schemas of a package that go beyond JSON Schema. Works on plain values. */
public final class SchemaRules {
    private SchemaRules() {}

    /**
     * Checks the form of a schema and our own keywords at its top-level properties.
     *
     * @param kind which schema
     * @param file its path inside the package
     * @param schema the root object
     * @return what is wrong
     */
    public static List<PackageFinding> check(SchemaKind kind, String file, Map<String, ?> schema) {
        Findings findings = new Findings(file);
        if (!"object".equals(schema.get("type"))) {
            findings.add(
                    schema.containsKey("type") ? Severity.ERROR : Severity.PACKAGE_ERROR,
                    "/type",
                    "type must be \"object\"",
                    "write \"type\": \"object\" at the top");
        }
        if (schema.containsKey("required")
                && !(schema.get("required") instanceof List<?> names && isListOfTexts(names))) {
            findings.add("/required", "required must be an array of texts", "list the names of required properties");
        }
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((key, property) -> {
                String place = JsonPointer.member("/properties", String.valueOf(key));
                if (property instanceof Map<?, ?> object) {
                    property(kind, place, String.valueOf(key), object, findings);
                } else {
                    findings.add(
                            place, "a property must be an object", "write a schema such as {\"type\": \"string\"}");
                }
            });
        } else if (schema.containsKey("properties")) {
            findings.add("/properties", "properties must be an object", "write one member for each property");
        }
        SchemaCycles.find(schema)
                .ifPresent(place -> findings.add(
                        place,
                        "the references lead in a circle that never descends into the value",
                        "let the schema refer to itself only below properties, items or the like"));
        return findings.all();
    }

    private static void property(SchemaKind kind, String place, String key, Map<?, ?> property, Findings findings) {
        switch (kind) {
            case INPUT -> input(place, property, findings);
            case OUTPUT -> output(place, key, property, findings);
            case PARAMETER -> {
                // no keywords of ours
            }
        }
    }

    private static void input(String place, Map<?, ?> property, Findings findings) {
        if (property.containsKey("x-input-source")
                && !List.of("file", "inline").contains(String.valueOf(property.get("x-input-source")))) {
            findings.add(
                    place + "/x-input-source",
                    "x-input-source must be \"file\" or \"inline\"",
                    "write \"inline\" for a value in the request, or leave it out for an uploaded file");
        }
        if (property.containsKey("extensions")
                && !(property.get("extensions") instanceof List<?> names && isListOfTexts(names))) {
            findings.add(
                    place + "/extensions", "extensions must be an array of texts", "write a list such as [\".md\"]");
        }
    }

    private static void output(String place, String key, Map<?, ?> property, Findings findings) {
        boolean product = property.containsKey("x-type");
        if (product && !List.of("artifact", "file").contains(String.valueOf(property.get("x-type")))) {
            findings.add(
                    place + "/x-type",
                    "x-type must be \"artifact\" or \"file\"",
                    "write \"artifact\" for a file the run leaves, or leave it out for a value");
        }
        if (property.containsKey("x-filename")) {
            if (!(property.get("x-filename") instanceof String name
                    && RelativePath.declared(name).isPresent())) {
                findings.add(
                        place + "/x-filename",
                        "x-filename must be a relative path below artifacts/",
                        "write a path such as report.md, without '..', a drive or a backslash");
            }
        } else if (product && RelativePath.declared(key).isEmpty()) {
            findings.add(
                    place,
                    "the name of the property can't be a path below artifacts/",
                    "add \"x-filename\" with a path such as report.md");
        }
        if (property.containsKey("x-role") && !(property.get("x-role") instanceof String role && !role.isBlank())) {
            findings.add(place + "/x-role", "x-role must be a text that is not blank", "say what the file is for");
        }
    }

    static boolean isListOfTexts(Object value) {
        return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    }
}
