package skillrunner.oauth;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.testkit.clock.ManualClock;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenEndpointTest {
    private static final TokenEndpoint.Call CALL =
            TokenEndpoint.Call.within(Duration.ofSeconds(20), "fake-secret", "abc");

    @TempDir
    Path folder;

    private final TokenEndpoint endpoint = new TokenEndpoint(ProxyRules.UNSET);
    private ScriptedProvider provider;
    private HttpTrace trace;

    @BeforeEach
    void open() {
        provider = new ScriptedProvider();
        trace = new HttpTrace(folder, new ManualClock());
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void a_call_leaves_a_line_without_its_query_for_its_owner_only() throws Exception {
        provider.on("/who", 200, "{\"name\":\"x\"}");
        URI address = provider.address("/who?token=fake-secret");
        assertThat(endpoint.get(trace, address, Map.of(), CALL).path("name").asString())
                .isEqualTo("x");
        endpoint.get(trace, address, Map.of(), CALL);
        Path log = folder.resolve("http_trace.log");
        assertThat(Files.readAllLines(log))
                .hasSize(2)
                .allMatch(line -> line.matches(
                        "2026-01-02T03:04:05Z GET 127\\.0\\.0\\.1:" + address.getPort() + "/who 200 \\d+ms"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-------");
    }

    /** On a machine of two processors it has one thread. */
    @Test
    void an_answer_is_had_though_the_pool_of_the_jdk_is_blocked() throws Exception {
        provider.on("/who", 200, "{\"name\":\"x\"}");
        int threads = Math.max(1, ForkJoinPool.getCommonPoolParallelism());
        CountDownLatch blocked = new CountDownLatch(threads);
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < threads; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                blocked.countDown();
                try {
                    done.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        blocked.await();
        try {
            assertThat(endpoint.get(trace, provider.address("/who"), Map.of(), CALL)
                            .path("name")
                            .asString())
                    .isEqualTo("x");
        } finally {
            done.countDown();
        }
    }

    @Test
    void nobody_there_is_told_without_the_address() throws IOException {
        URI gone = provider.address("/who?token=fake-secret");
        provider.close();
        assertThatThrownBy(() -> endpoint.get(trace, gone, Map.of(), CALL))
                .isInstanceOfSatisfying(ProviderException.class, it -> {
                    assertThat(it.status()).isEqualTo(ProviderException.NONE);
                    assertThat(it.getMessage())
                            .isEqualTo("the provider could not be reached (no connection)")
                            .doesNotContain("who", "fake");
                });
        assertThat(Files.readString(folder.resolve("http_trace.log"))).contains("/who no-answer ");
    }

    @Test
    void an_answer_that_is_too_long_is_none() {
        provider.on("/who", 200, "{\"a\":\"" + "x".repeat(2 << 20) + "\"}");
        assertThatThrownBy(() -> endpoint.get(trace, provider.address("/who"), Map.of(), CALL))
                .isInstanceOf(ProviderException.class)
                .hasMessage("the provider's answer is too long");
    }

    @Test
    void of_a_refusal_stays_its_status_and_its_words_without_secrets() {
        Optional<ObjectNode> body =
                Optional.of(Json.object().put("error", "bad").put("error_description", "a fake-secret\n in\u0007 it"));
        assertThat(ProviderFault.inWords(401, body, List.of("fake-secret", "in")))
                .isEqualTo("the provider answered 401: bad: a *** in it");
        assertThat(ProviderFault.inWords(500, Optional.empty(), List.of())).isEqualTo("the provider answered 500");
        assertThat(ProviderFault.cleaned("x".repeat(1000), List.of())).hasSize(300);
    }
}
