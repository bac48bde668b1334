package skillrunner.workspace.json;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NetworkntSchemasTest {
    private static final Map<String, Object> SCHEMA = Map.of(
            "type",
            "object",
            "required",
            List.of("name"),
            "properties",
            Map.of(
                    "name", Map.of("type", "string"),
                    "sizes", Map.of("type", "array", "items", Map.of("type", "integer", "minimum", 1))),
            "additionalProperties",
            false);

    private final NetworkntSchemas schemas = new NetworkntSchemas();

    @Test
    void what_fits_has_no_messages() {
        assertThat(schemas.validate(SCHEMA, Map.of("name", "a", "sizes", List.of(1, 2))))
                .isEmpty();
        assertThat(schemas.validate(Map.of(), Map.of("anything", List.of()))).isEmpty();
    }

    @Test
    void each_breach_has_a_message_with_its_place() {
        List<String> messages = schemas.validate(SCHEMA, Map.of("sizes", List.of(1, 0, "x"), "extra", true));

        assertThat(messages)
                .hasSize(4)
                .anyMatch(message -> message.contains("name") && message.contains("required"))
                .anyMatch(message -> message.startsWith("/sizes/1: "))
                .anyMatch(message -> message.startsWith("/sizes/2: "))
                .anyMatch(message -> message.contains("extra"));
    }

    @Test
    void references_inside_the_schema_work() {
        Map<String, Object> schema = Map.of(
                "$defs", Map.of("positive", Map.of("type", "integer", "minimum", 1)),
                "properties", Map.of("n", Map.of("$ref", "#/$defs/positive")));

        assertThat(schemas.validate(schema, Map.of("n", 0)))
                .singleElement()
                .asString()
                .startsWith("/n: ");
    }

    @Test
    void nothing_is_fetched_from_the_network() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema.json";
            refused(Map.of("$ref", address));
            refused(Map.of("$schema", address));
        } finally {
            server.stop(0);
        }

        assertThat(requests).hasValue(0);
    }

    @Test
    void no_file_of_the_machine_is_read(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("schema.json"), "{}");

        refused(Map.of("$ref", file.toUri().toString()));
    }

    @Test
    void a_schema_that_is_none_is_refused() {
        refused(Map.of("properties", Map.of("a", Map.of("pattern", "["))));
    }

    private void refused(Map<String, Object> schema) {
        assertThatIllegalArgumentException().isThrownBy(() -> schemas.validate(schema, Map.of("a", "text")));
    }
}
