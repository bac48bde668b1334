package skillrunner.contract.fuzz;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.contract.ApiDocument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FuzzerTest {
    private static final String TEXT =
            """
            openapi: 3.1.1
            info: {title: Things, version: '1'}
            x-left-out: ['^/page$']
            paths:
              /things:
                post:
                  operationId: makeThing
                  requestBody:
                    content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string}}}}}
                  responses:
                    '200': {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
              /things/{thing_id}:
                get:
                  operationId: getThing
                  parameters: [{name: thing_id, in: path, required: true, schema: {type: string}}]
                  responses:
                    '200': {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
                    '404': {$ref: '#/components/responses/AddressUnknown'}
            components:
              responses:
                AddressUnknown: {content: {application/problem+json: {schema: {properties: {code: {enum: [GONE]}}}}}}
              schemas:
                Thing: {type: object, required: [thing_id], properties: {thing_id: {type: string}}}
            """;

    private static final ApiDocument DOCUMENT = ApiDocument.parse(TEXT);

    private static final String MADE = "{\"thing_id\":\"made-here\"}";

    /** Only methods and addresses that are in the document are known. */
    private static String good(String head) {
        boolean there = head.matches("(?s)(POST /things|(GET|HEAD) /things/[\\w.-]+)[ ?].*");
        String answer = there
                ? ScriptedServer.answer(200, "application/json", MADE)
                : ScriptedServer.answer(404, "application/problem+json", "{\"code\":\"GONE\"}");
        return head.startsWith("HEAD ") ? answer.substring(0, answer.indexOf("\r\n\r\n") + 4) : answer;
    }

    private static FuzzReport ask(Function<String, String> answers) throws Exception {
        try (ScriptedServer server = new ScriptedServer(answers)) {
            return new Fuzzer(DOCUMENT, server.port(), 3).pages("/page").run(400, Duration.ofMinutes(1));
        }
    }

    @Test
    void nothing_is_found_where_nothing_is_wrong() throws Exception {
        FuzzReport report = ask(FuzzerTest::good);

        assertThat(report.findings()).isEmpty();
        assertThat(report.requests()).isEqualTo(400);
        assertThat(report.statuses()).containsOnlyKeys(200, 404);
        assertThat(report.reached()).isGreaterThanOrEqualTo(3);
        assertThat(report.summary()).startsWith("400 requests (seed 3)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            HTTP/1.1 200 Said                 | HTTP/1.1 500 Said                      | the server fails with 500
            HTTP/1.1 200 Said                 | HTTP/1.1 202 Said                      | has no such status in the document
            HTTP/1.1 200 Said                 | HTTP/1.1 nothing                       | there is no answer
            Content-Type: application/json    | Content-Type: text/html                | does not have the content type
            thing_id                          | thing_ix                               | breaks the schema
            Connection: close                 | X-Planted: 1                           | has a header of the client's
            Content-Length: 24                | Content-Length: 25                     | has 24 bytes and says 25
            {"code":"GONE"}                   | {"code":"AWAY"}                        | was answered 404, and
            {"code":"GONE"}                   | {"cd":".java:"}                        | tells how the server is made
            """)
    void what_is_wrong_is_found(String right, String wrong, String told) throws Exception {
        assertThat(ask(head -> good(head).replace(right, wrong)).findings())
                .anySatisfy(finding -> assertThat(finding).contains(told, " HTTP/1.1\n"));
    }

    @Test
    void a_body_behind_a_head_and_no_answer_at_all_are_found() throws Exception {
        assertThat(ask(head -> good(head.replace("HEAD ", "GET "))).findings())
                .anySatisfy(finding -> assertThat(finding).contains("answer to HEAD has a body"));
        assertThat(ask(head -> "").findings())
                .anySatisfy(finding -> assertThat(finding).contains("there is no answer"));
    }

    @Test
    void what_is_left_out_may_answer_what_it_likes_but_not_fail() throws Exception {
        String page = ScriptedServer.answer(418, "text/html", "<p>");
        assertThat(ask(head -> head.startsWith("GET /page ") ? page : good(head))
                        .findings())
                .isEmpty();
        assertThat(ask(head -> head.startsWith("GET /page ") ? page.replace("418", "502") : good(head))
                        .findings())
                .anySatisfy(finding -> assertThat(finding).contains("fails with 502"));
    }

    @Test
    void what_an_answer_told_is_asked_for() throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        ask(head -> {
            asked.add(head.split(" ", 3)[1]);
            return good(head);
        });

        assertThat(asked).contains("/things/made-here");
    }

    @Test
    void requests_follow_from_the_seed() {
        assertThat(requests(7)).isEqualTo(requests(7)).isNotEqualTo(requests(8));
    }

    private static List<String> requests(long seed) {
        KnownValues known = new KnownValues();
        FuzzRequests source = new FuzzRequests(DOCUMENT, known, new FuzzBodies(DOCUMENT, known), DOCUMENT.operations());
        return LongStream.range(seed, seed + 50)
                .mapToObj(number ->
                        Arrays.toString(source.next(new Chance(number)).bytes()))
                .toList();
    }

    @Test
    void a_fuzzer_that_fails_itself_says_so_instead_of_finding_nothing() throws Exception {
        ApiDocument impossible = ApiDocument.parse(
                """
                openapi: 3.1.1
                info: {title: Things, version: '1'}
                paths:
                  /things/{thing_id}:
                    get:
                      operationId: getThing
                      parameters: [{name: thing_id, in: path, required: true, schema: {type: integer, minimum: 5, maximum: 1}}]
                      responses: {'200': {description: A thing.}}
                """);
        try (ScriptedServer server = new ScriptedServer(FuzzerTest::good)) {
            Fuzzer fuzzer = new Fuzzer(impossible, server.port(), 3);

            assertThatThrownBy(() -> fuzzer.run(400, Duration.ofMinutes(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the fuzzer itself has failed");
        }
    }

    @Test
    void it_needs_nothing_of_what_runs_tests() throws Exception {
        URL[] withoutJunit = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("junit"))
                .map(FuzzerTest::address)
                .toArray(URL[]::new);
        try (ScriptedServer server = new ScriptedServer(FuzzerTest::good);
                URLClassLoader loader = new URLClassLoader(withoutJunit, ClassLoader.getPlatformClassLoader())) {
            Class<?> document = loader.loadClass(ApiDocument.class.getName());
            Object parsed = document.getMethod("parse", String.class).invoke(null, TEXT);
            Class<?> fuzzer = loader.loadClass(Fuzzer.class.getName());
            Object made = fuzzer.getConstructor(document, int.class, long.class).newInstance(parsed, server.port(), 3L);

            Object report =
                    fuzzer.getMethod("run", long.class, Duration.class).invoke(made, 40L, Duration.ofMinutes(1));

            assertThat(report.getClass().getMethod("summary").invoke(report))
                    .asString()
                    .startsWith("40 requests");
        }
    }

    private static URL address(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
