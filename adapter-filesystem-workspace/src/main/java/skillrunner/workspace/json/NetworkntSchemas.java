package skillrunner.workspace.json;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
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

    @Override
    public List<String> validate(Map<String, Object> schema, Object value) {
        List<Error> errors;
        try {
            Schema compiled = registry.getSchema(mapper.<JsonNode>valueToTree(schema));
            errors = compiled.validate(mapper.<JsonNode>valueToTree(value));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the schema can't be used: " + e.getMessage(), e);
        }
        return errors.stream()
                .map(error -> {
                    String place = error.getInstanceLocation().toString();
                    return (place.isEmpty() ? "" : place + ": ") + error.getMessage();
                })
                .toList();
    }
}
