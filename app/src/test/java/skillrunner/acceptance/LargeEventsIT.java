package skillrunner.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A server with a small heap, an agent that says as much at once as an answer may have, and many clients who want to hear it. */
class LargeEventsIT {
    private static final int CLIENTS = 12;

    /** A page reads all of a message to show its beginning. */
    private static final int PAGES = 3;

    private static final int MESSAGE_BYTES = 8 * 1024 * 1024;

    private static final String CODEX =
            """
            #!/bin/sh
            case "$*" in *--version*) echo 'codex-cli 0.169.0'; exit 0 ;; esac
            cat >/dev/null
            echo '{"type":"thread.started","thread_id":"0199a213-81c0-7800-8aa1-bbab2a035a53"}'
            echo '{"type":"turn.started"}'
            printf '{"type":"item.completed","item":{"id":"m1","type":"agent_message","text":"'
            head -c %d /dev/zero | tr '\\0' x
            echo '"}}'
            echo '{"type":"item.completed","item":{"id":"m2","type":"agent_message","text":"{\\"status\\": \\"fine\\"}"}}'
            echo '{"type":"turn.completed"}'
            """
                    .formatted(MESSAGE_BYTES);

    @TempDir
    private Path home;

    @Test
    void many_clients_hear_the_largest_message_at_once_though_none_of_them_reads_at_first() throws Exception {
        TestSkill.install(home);
        Path program = Files.createDirectories(home.resolve("cache/npm/bin")).resolve("codex");
        Files.writeString(program, CODEX);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (RunningServer server = RunningServer.start(home, Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m"))) {
            ApiClient api = server.client();
            String request = api.create(TestSkill.job("none"));
            assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");

            for (String path : List.of(
                    "/v1/jobs/" + request + "/events?streams=chat",
                    "/v1/streams/" + request + "/fcmp?offset=-1&live=sse")) {
                List<Socket> clients = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(asking(server.port(), path));
                }
                assertThat(api.get("/healthz").status()).isEqualTo(200);
                List<byte[]> ends =
                        clients.parallelStream().map(LargeEventsIT::read).toList();
                assertThat(ends).allSatisfy(end -> assertThat(new String(end, StandardCharsets.UTF_8))
                        .containsAnyOf("event: end", "\"streamClosed\":true"));
            }
            for (String path : List.of(
                    "/v1/jobs/" + request + "/events/history",
                    "/v1/management/runs/" + request + "/protocol/history?stream=rasp",
                    "/v1/streams/" + request + "/fcmp",
                    "/ui/runs/" + request + "/conversation.jsonl")) {
                assertThat(lengths(server.port(), path, CLIENTS)).as(path).allMatch(length -> length > MESSAGE_BYTES);
            }
            for (String path : List.of(
                    "/ui/management/runs/" + request + "/timeline?stream=fcmp&stream=rasp&stream=orchestrator",
                    "/ui/runs/" + request + "/conversation.md",
                    "/ui/runs/" + request)) {
                assertThat(lengths(server.port(), path, PAGES)).as(path).allMatch(length -> length > 1_000);
            }
            assertThat(server.log()).doesNotContain("OutOfMemory");
        }
    }

    private static Socket asking(int port, String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        // The first byte tells that it has begun.
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    /** Reads to the end, which is returned. */
    private static byte[] read(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            byte[] last = {};
            long length = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                length += count;
                byte[] both = Arrays.copyOf(last, last.length + count);
                System.arraycopy(buffer, 0, both, last.length, count);
                last = Arrays.copyOfRange(both, Math.max(0, both.length - 2_000), both.length);
            }
            assertThat(length).isGreaterThan(MESSAGE_BYTES);
            return last;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Long> lengths(int port, String path, int clients) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return IntStream.range(0, clients)
                .mapToObj(i -> client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .map(answer -> {
                    assertThat(answer.statusCode()).as(path).isEqualTo(200);
                    try (InputStream in = answer.body()) {
                        return in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        return -1L;
                    }
                })
                .toList();
    }
}
