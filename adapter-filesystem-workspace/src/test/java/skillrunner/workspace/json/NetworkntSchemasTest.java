package skillrunner.workspace.json;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.json.SchemaBreach;
import skillrunner.workspace.budget.Budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

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
    private final NetworkntSchemas hasty = new NetworkntSchemas(new Budget(Duration.ofMillis(300), 64L << 20));

    @Test
    void a_breach_points_at_the_member_also_where_it_is_missing_or_not_allowed() {
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                Map.of("a/b", Map.of("type", "integer"), "c", Map.of("type", "string")),
                "required",
                List.of("c"),
                "additionalProperties",
                false);

        assertThat(schemas.breaches(schema, Map.of("a/b", "x", "odd", 1)))
                .extracting(SchemaBreach::pointer)
                .containsExactlyInAnyOrder("/a~1b", "/c", "/odd");
    }

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

    @Test
    void a_dynamic_reference_that_leads_to_nothing_is_a_problem_of_the_schema() {
        Map<String, Object> schema = Map.of("properties", Map.of("a", Map.of("$dynamicRef", "#gone")));
        Map<String, Object> good = Map.of("$dynamicAnchor", "node", "items", Map.of("$dynamicRef", "#node"));

        assertThat(schemas.problems(schema)).singleElement().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo("/properties/a/$dynamicRef");
            assertThat(problem.reason()).isEqualTo("a reference leads to nothing: '#gone'");
        });
        assertThat(schemas.problems(good)).isEmpty();
        assertThat(schemas.validate(good, List.of(List.of()))).isEmpty();
    }

    private void refused(Map<String, Object> schema) {
        assertThatIllegalArgumentException().isThrownBy(() -> schemas.validate(schema, Map.of("a", "text")));
    }

    // schemas that would harm the server

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|a)*$", "(a|b|ab)*c", "(.*a){25}$", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    void a_pattern_that_explodes_ends_the_check_with_a_message_and_no_thread_goes_on(String pattern) {
        Map<String, Object> schema = Map.of("properties", Map.of("n", Map.of("pattern", pattern)));

        assertThat(hasty.validate(schema, Map.of("n", "ab".repeat(2_000) + "a".repeat(50_000) + "!")))
                .singleElement()
                .asString()
                .startsWith("the check was given up: it");
        await().atMost(Duration.ofMinutes(1)).until(() -> busyForeignThreads().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"allOf", "anyOf", "oneOf"})
    void references_that_multiply_end_the_check_with_a_message_and_no_thread_goes_on(String keyword) {
        Map<String, Object> leaf = keyword.equals("anyOf") ? Map.of("not", Map.of()) : Map.of();
        Map<String, Object> definitions = new HashMap<>(Map.of("level20", leaf));
        for (int level = 0; level < 20; level++) {
            definitions.put(
                    "level" + level,
                    Map.of(keyword, Collections.nCopies(10, reference("#/$defs/level" + (level + 1)))));
        }
        Map<String, Object> schema =
                Map.of("$defs", definitions, "allOf", List.of(Map.of("not", reference("#/$defs/level0"))));

        assertThat(hasty.validate(schema, Map.of("n", List.of(1))))
                .singleElement()
                .asString()
                .startsWith("the check was given up: it");
        await().atMost(Duration.ofMinutes(1)).until(() -> busyForeignThreads().isEmpty());
    }

    private static Map<String, Object> reference(String target) {
        return Map.of("$ref", target);
    }

    @Test
    void references_in_a_circle_end_the_check_with_a_message() {
        assertThat(schemas.validate(Map.of("allOf", List.of(Map.of("$ref", "#"))), Map.of()))
                .singleElement()
                .asString()
                .startsWith("the check was given up: it");
    }

    @Test
    void a_schema_that_is_as_deep_as_the_reader_allows_can_be_used() {
        Map<String, Object> schema = Map.of("type", "integer");
        Object value = 1;
        for (int level = 0; level < 190; level++) {
            schema = Map.of("properties", Map.of("d", schema));
            value = Map.of("d", value);
        }

        assertThat(schemas.problems(schema)).isEmpty();
        assertThat(schemas.validate(schema, value)).isEmpty();
    }

    @Test
    void many_breaches_are_counted_not_listed() {
        List<String> messages = schemas.validate(
                Map.of("items", Map.of("type", "string", "maxLength", 3)),
                IntStream.range(0, 5_000).boxed().toList());

        assertThat(messages).hasSize(101).last().isEqualTo("and 4900 more");
    }

    @Test
    void a_check_that_is_no_longer_wanted_ends_with_its_caller() throws Exception {
        Map<String, Object> schema = Map.of("properties", Map.of("n", Map.of("pattern", "(a+)+$")));
        Thread caller = new Thread(() -> schemas.validate(schema, Map.of("n", "a".repeat(50_000) + "!")));
        caller.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> !busyForeignThreads().isEmpty());

        caller.interrupt();

        caller.join();
        await().atMost(Duration.ofMinutes(1)).until(() -> busyForeignThreads().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "(?<first_name>x)\\k<first_name>, xx, true",
        "(?<first_name>x)\\k<first_name>, xy, false",
        "(?<a>x)(?<b>y)\\k<a>, xyx, true",
        "^(?=a)(?<!b)a$, a, true",
        "^\\p{Letter}+$, \u00e9, true",
        "^a$, 'a\n', false"
    })
    void patterns_are_read_as_ecma_262_writes_them(String pattern, String value, boolean fits) {
        String text = value.replace("\\n", "\n");

        assertThat(schemas.validate(Map.of("pattern", pattern), text).isEmpty()).isEqualTo(fits);
    }

    private static List<String> busyForeignThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith("foreign-code-"))
                .filter(entry -> Arrays.stream(entry.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("java.util.regex")
                                || frame.getClassName().startsWith("com.networknt")))
                .map(entry -> entry.getKey().getName())
                .toList();
    }
}
