package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.contract.ApiDocument;
import skillrunner.contract.DocumentFaults;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.signin.SignInAnswerRules;
import skillrunner.domain.signin.SignInFault;
import skillrunner.http.problem.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ContractTest extends HttpTestBed {
    private final Path temporary;

    ContractTest(@TempDir Path temporary) {
        super(temporary);
        this.temporary = temporary;
    }

    @Test
    void nothing_is_wrong_with_the_document() {
        assertThat(DocumentFaults.of(Contract.DOCUMENT)).isEmpty();
    }

    @Test
    void the_document_has_every_route_and_no_other() {
        Set<String> described = Contract.DOCUMENT.operations().stream()
                .map(ApiDocument.Operation::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(routes()).isEqualTo(described);
    }

    @Test
    void every_get_can_be_asked_for_its_head() {
        Set<String> all = all();
        assertThat(all).filteredOn(route -> route.startsWith("GET ")).allSatisfy(route -> assertThat(all)
                .contains(route.replaceFirst("GET", "HEAD")));
    }

    @Test
    void every_refusal_of_an_operation_lists_its_codes() {
        for (ApiDocument.Operation operation : Contract.DOCUMENT.operations()) {
            operation.node().path("responses").properties().stream()
                    .filter(response -> response.getKey().compareTo("400") >= 0)
                    .forEach(response -> assertThat(Contract.DOCUMENT
                                    .resolve(response.getValue())
                                    .at("/content/application~1problem+json/schema/allOf/1/properties/code/enum"))
                            .as(operation + " " + response.getKey())
                            .isNotEmpty());
        }
    }

    @Test
    void links_lead_from_what_is_asked_for_to_its_end() {
        for (String kind : List.of("Job", "TempRun")) {
            assertThat(reached("create" + kind))
                    .contains(
                            "upload" + kind,
                            "get" + kind,
                            "pendingQuestion" + kind,
                            "reply" + kind,
                            "result" + kind,
                            "follow" + kind,
                            "cancel" + kind,
                            "getRun");
        }
        assertThat(reached("listRuns"))
                .contains("getRun", "pendingQuestionManaged", "replyManaged", "followManaged", "cancelManaged");
        assertThat(reached("createUpgrade")).contains("getUpgrade");
        assertThat(reached("installSkillPackage")).contains("getInstallation");
        assertThat(reached("beginSignInByCli")).contains("submitSignInByCli", "cancelSignInByCli");
    }

    /** The operations that links lead to, one after another. */
    private static Set<String> reached(String from) {
        Set<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            String at = next.remove();
            Contract.DOCUMENT.operations().stream()
                    .filter(operation ->
                            operation.node().path("operationId").asString("").equals(at))
                    .flatMap(operation -> operation.node().path("responses").valueStream())
                    .flatMap(response ->
                            Contract.DOCUMENT.resolve(response).path("links").valueStream())
                    .map(link ->
                            Contract.DOCUMENT.resolve(link).path("operationId").stringValue())
                    .filter(reached::add)
                    .forEach(next::add);
        }
        return reached;
    }

    @Test
    void whatever_makes_something_says_where_it_is() {
        assertThat(Contract.DOCUMENT.operations())
                .filteredOn(operation -> operation
                        .node()
                        .path("operationId")
                        .asString("")
                        .matches("(create|install|adopt|begin|addModel).*"))
                .hasSizeGreaterThan(8)
                .allSatisfy(operation -> assertThat(operation
                                .node()
                                .at("/responses/200/headers/Location")
                                .isMissingNode())
                        .as(operation.toString())
                        .isFalse());
    }

    /** But for HEAD, which is answered like GET, and for what the document says it leaves out. */
    private Set<String> routes() {
        return Stream.concat(all().stream(), webSockets().stream().map(path -> "GET " + path))
                .filter(route -> !route.startsWith("HEAD "))
                .map(route -> route.replace('<', '{').replace('>', '}'))
                .filter(route -> !Contract.DOCUMENT.leavesOut(route.substring(route.indexOf(' ') + 1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> webSockets() {
        EngineTestBed engines = new EngineTestBed(temporary, Set.of(), false) {};
        try {
            Set<String> all = new TreeSet<>(api.webSockets());
            all.addAll(engines.webSockets());
            return all;
        } finally {
            engines.close();
        }
    }

    private Set<String> all() {
        EngineTestBed engines = new EngineTestBed(temporary, Set.of(), false) {};
        try {
            Set<String> all = new TreeSet<>(api.routes());
            all.addAll(engines.routes());
            return all;
        } finally {
            engines.close();
        }
    }

    @Test
    void every_code_of_a_refusal_is_in_it_and_no_other() {
        Set<String> codes = names(ErrorCode.values());
        Set<String> answered = new TreeSet<>();
        for (JsonNode response : Contract.DOCUMENT.root().at("/components/responses")) {
            response.at("/content/application~1problem+json/schema/allOf/1/properties/code/enum")
                    .forEach(code -> answered.add(code.stringValue()));
        }
        assertThat(enumOf("ProblemCode")).isEqualTo(codes);
        assertThat(answered).isEqualTo(codes);
        assertThat(enumOf("RunFailureCode")).isEqualTo(names(RunFailureCode.values()));
        assertThat(enumOf("SignInFault")).isEqualTo(names(SignInFault.values()));
    }

    private static Set<String> names(Enum<?>... values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> enumOf(String schema) {
        return Contract.DOCUMENT
                .root()
                .at("/components/schemas/" + schema + "/enum")
                .valueStream()
                .map(JsonNode::stringValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void examples_of_refusals_say_what_the_server_says() {
        Contract.DOCUMENT.root().at("/components/responses").properties().forEach(response -> {
            JsonNode media = response.getValue().at("/content/application~1problem+json");
            JsonNode example = media.path("example");
            if (!media.isMissingNode()) {
                ErrorCode code = ErrorCode.valueOf(example.path("code").stringValue());
                assertThat(example.path("status").intValue())
                        .as(response.getKey())
                        .isEqualTo(Problem.status(code.kind()));
                assertThat(example.path("title").stringValue())
                        .as(response.getKey())
                        .isEqualTo(code.title());
                assertThat(example.path("type").stringValue())
                        .as(response.getKey())
                        .isEqualTo("/problems/" + code.slug());
            }
        });
    }

    @Test
    void the_codes_of_a_refusal_have_its_status() {
        for (ApiDocument.Operation operation : Contract.DOCUMENT.operations()) {
            operation.node().path("responses").properties().forEach(response -> Contract.DOCUMENT
                    .resolve(response.getValue())
                    .at("/content/application~1problem+json/schema/allOf/1/properties/code/enum")
                    .forEach(code -> assertThat(Problem.status(
                                    ErrorCode.valueOf(code.stringValue()).kind()))
                            .as(operation + " " + code)
                            .isEqualTo(Integer.parseInt(response.getKey()))));
        }
    }

    @Test
    void the_server_gives_it_out_and_browsers_keep_it() throws Exception {
        HttpResponse<String> first = get("/openapi.yaml");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(ApiDocument.parse(first.body()).root()).isEqualTo(Contract.DOCUMENT.root());

        String etag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = send("GET", "/openapi.yaml", "", "If-None-Match", "\"other\", W/" + etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(etag);
        assertThat(again.headers().firstValue("Content-Type")).hasValue("application/yaml");
    }

    @Test
    void the_same_comes_as_json() throws Exception {
        HttpResponse<String> first = get("/openapi.json");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(JsonMapper.shared().readTree(first.body())).isEqualTo(Contract.DOCUMENT.root());

        String etag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(send("GET", "/openapi.json", "", "If-None-Match", etag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void how_long_an_answer_to_a_sign_in_may_be_is_what_the_server_takes() {
        assertThat(Contract.DOCUMENT
                        .root()
                        .at("/components/schemas/SignInInput/properties/value/description")
                        .stringValue())
                .contains("at most " + SignInAnswerRules.MOST_CHARACTERS + " characters");
    }
}
