package skillrunner.acceptance.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.Contract;
import skillrunner.acceptance.RunningServer;
import skillrunner.contract.ApiDocument;
import skillrunner.contract.PromisedAnswers;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands before all routes is asked at each of them: no route lies beside a guard, and none has one that is not promised. */
class EveryGuardIT {
    private static final PromisedAnswers PROMISED = PromisedAnswers.of(Contract.DOCUMENT);
    private static final String HOST = "Host: localhost";
    private static final String RIGHT = "Authorization: " + basic("admin:secret");
    private static final String WRONG = "Authorization: " + basic("admin:wrong");

    private static final int CLIENTS = 8;

    @TempDir
    private Path home;

    @Test
    void each_route_refuses_what_a_guard_refuses() throws Exception {
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            assertEveryRoute(server, "421 HOST_UNKNOWN", "", "Host: foreign.example");
            assertEveryRoute(server, "400 REQUEST_INVALID", "?%zz", HOST);
            assertEveryRoute(
                    server, "415 CONTENT_TYPE_UNSUPPORTED", "", HOST, "Content-Type: text/plain; charset=utf-16");
            assertEveryRoute(
                    server,
                    "413 BODY_TOO_LARGE",
                    "",
                    HOST,
                    "Content-Type: application/json",
                    "Content-Length: 1000000000000");
        }
    }

    @Test
    void each_route_but_those_that_anybody_may_ask_wants_a_password() throws Exception {
        Map<String, String> settings = Map.of(
                "UI_BASIC_AUTH_ENABLED", "true",
                "UI_BASIC_AUTH_USERNAME", "admin",
                "UI_BASIC_AUTH_PASSWORD", "secret",
                "SKILL_RUNNER_AUTH_SCOPE", "all");
        try (RunningServer server = RunningServer.start(home, settings)) {
            assertEveryRoute(server, "401 UNAUTHENTICATED", "", HOST);
            // Of another origin, what changes nothing is refused only where a password stands.
            assertEveryRoute(
                    server,
                    "403 ORIGIN_FOREIGN",
                    "",
                    HOST,
                    RIGHT,
                    "Origin: http://foreign.example",
                    "Sec-Fetch-Site: cross-site");

            useUp(server);
            assertEveryRoute(server, "429 AUTH_ATTEMPTS_EXHAUSTED", "", HOST, WRONG);
        }
    }

    private static void useUp(RunningServer server) throws IOException {
        int attempts = 0;
        RawAnswer answer;
        do {
            answer = RawAnswer.of(
                    server.port(),
                    "GET",
                    "/v1/skills",
                    List.of(HOST, "Authorization: " + basic("admin:" + attempts++)),
                    "");
        } while (answer.status() == 401);
        assertThat(answer.told()).isEqualTo("429 AUTH_ATTEMPTS_EXHAUSTED");
    }

    private static String basic(String nameAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(nameAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    /** Many at once, since whoever has used up his attempts is answered slowly. */
    private static void assertEveryRoute(RunningServer server, String refusal, String query, String... headers)
            throws InterruptedException, ExecutionException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (ApiDocument.Operation operation : Contract.DOCUMENT.operations()) {
                String target = operation.path().replaceAll("\\{[^}]+}", "x") + query;
                calls.add(() -> {
                    String told = RawAnswer.of(server.port(), operation.method(), target, List.of(headers), "")
                            .told();
                    return told.equals(refusal) == PROMISED.has(operation, refusal)
                            ? ""
                            : operation + " was answered " + told;
                });
            }
            List<String> wrong = new ArrayList<>();
            for (Future<String> answered : clients.invokeAll(calls)) {
                wrong.add(answered.get());
            }
            wrong.removeIf(String::isEmpty);
            assertThat(wrong).as(refusal).isEmpty();
        } finally {
            clients.shutdownNow();
        }
    }
}
