package skillrunner.contract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schemas of one document, ready to check values with. Safe for concurrent use. */
final class Schemas {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ADDRESS = "https://contract.invalid/schemas.json";
    private static final String DIALECT = SpecificationVersion.DRAFT_2020_12.getDialectId();
    private static final String OPENAPI = "https://contract.invalid/openapi-3.1.json";
    private static final int MOST_TOLD = 5;

    private final ApiDocument document;
    private final SchemaRegistry registry;
    private final Map<JsonNode, Schema> known = new ConcurrentHashMap<>();

    Schemas(ApiDocument document) {
        this.document = document;
        String named = JSON.writeValueAsString(Map.of("components", Map.of("schemas", ClosedSchemas.named(document))));
        this.registry =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(
                                Map.of(ADDRESS, named, OPENAPI, resource("openapi-3.1.schema.json")))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** Checks a value. @return what is wrong with it, in one line; empty if nothing is */
    String breaches(JsonNode schema, JsonNode value) {
        Schema ready = known.computeIfAbsent(
                schema,
                it -> registry.getSchema(JSON.readTree(JSON.writeValueAsString(ClosedSchemas.at(document, it))
                        .replace("\"#/components/schemas/", "\"" + ADDRESS + "#/components/schemas/"))));
        return told(ready.validate(value));
    }

    /** Checks a schema itself. @return what is wrong with it, in one line; empty if nothing is */
    String faults(JsonNode schema) {
        return told(registry.getSchema(SchemaLocation.of(DIALECT)).validate(schema));
    }

    /** Checks the document, but for the schemas in it. @return what is wrong with it, in one line; empty if nothing is */
    String faultsOfDocument() {
        return told(registry.getSchema(SchemaLocation.of(OPENAPI)).validate(document.root()));
    }

    private static String told(List<Error> errors) {
        return errors.stream()
                .limit(MOST_TOLD)
                .map(error -> (error.getInstanceLocation() + " " + error.getMessage()).strip())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Schemas.class.getResourceAsStream(name), name)) {
            // Under an address of ours, so that nothing is looked for elsewhere.
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceFirst("\"\\$id\":\\s*\"[^\"]*\"", "\"\\$id\": \"" + OPENAPI + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
