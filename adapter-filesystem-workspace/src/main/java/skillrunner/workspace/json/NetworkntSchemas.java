package skillrunner.workspace.json;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.json.SchemaValidator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@link SchemaValidator} by networknt's validator, with fetching switched off. Safe for concurrent use. */
public final class NetworkntSchemas implements SchemaValidator {
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaCacheEnabled(false).schemaLoader(loader -> loader.fetchRemoteResources(false)));

    /** Makes an instance; one is enough. */
    public NetworkntSchemas() {}

    /**
     * Checks a schema itself: by the meta-schema of its dialect, and that every reference in it leads to a place inside
     * it or inside a meta-schema.
     *
     * @param schema the schema as plain values
     * @return one message for each breach, with its place; empty if the schema can be used
     */
    public List<String> problems(Map<String, Object> schema) {
        try {
            JsonNode node = mapper.valueToTree(schema);
            String dialect = schema.get("$schema") instanceof String uri
                    ? uri
                    : SpecificationVersion.DRAFT_2020_12.getDialectId();
            Optional<SpecificationVersion> known = Arrays.stream(SpecificationVersion.values())
                    .filter(version -> bare(version.getDialectId()).equals(bare(dialect)))
                    .findFirst();
            if (known.isEmpty()) {
                return List.of("/$schema: the dialect is not known");
            }
            List<String> breaches =
                    messages(registry.getSchema(SchemaLocation.of(known.get().getDialectId()))
                            .validate(node));
            if (breaches.isEmpty()) {
                registry.getSchema(node).initializeValidators();
            }
            return breaches;
        } catch (RuntimeException e) {
            return List.of("the schema does not compile: " + String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            return List.of("the schema is nested too deeply");
        }
    }

    @Override
    public List<String> validate(Map<String, Object> schema, Object value) {
        List<Error> errors;
        try {
            Schema compiled = registry.getSchema(mapper.<JsonNode>valueToTree(schema));
            errors = compiled.validate(mapper.<JsonNode>valueToTree(value));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the schema can't be used: " + e.getMessage(), e);
        }
        return messages(errors);
    }

    private static String bare(String dialect) {
        return dialect.endsWith("#") ? dialect.substring(0, dialect.length() - 1) : dialect;
    }

    private static List<String> messages(List<Error> errors) {
        return errors.stream()
                .map(error -> {
                    String place = error.getInstanceLocation().toString();
                    return (place.isEmpty() ? "" : place + ": ") + error.getMessage();
                })
                .toList();
    }
}
