package skillrunner.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A file is there whole or not at all, and what was asked only is asked again. */
class SaveTest {
    @TempDir
    private Path folder;

    private ScriptedServer server;
    private SkillRunnerClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        client = SkillRunnerClient.of(server.address())
                .retryFor(Duration.ofSeconds(20))
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void a_file_that_was_cut_is_fetched_again_from_its_beginning() throws Exception {
        server.on("/f", half())
                .on("/f", ScriptedServer.answer(503, "text/html", "starting"))
                .on("/f", ScriptedServer.answer(200, "application/zip", "whole"));
        assertThat(client.save("/f", folder.resolve("f"))).isEqualTo(5);
        assertThat(folder.resolve("f")).content().isEqualTo("whole");
        assertThat(folder.toFile().list()).containsExactly("f");
    }

    @Test
    void half_a_file_is_not_left_behind() throws Exception {
        SkillRunnerClient hasty =
                SkillRunnerClient.of(server.address()).retryFor(Duration.ZERO).build();
        server.on("/f", half());
        assertThatThrownBy(() -> hasty.save("/f", folder.resolve("f"))).isInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothing_is_written_over_and_a_folder_that_is_missing_is_said() throws Exception {
        server.on("/f", ScriptedServer.answer(200, "application/zip", "new"));
        Path there = Files.writeString(folder.resolve("there"), "old");
        assertThatThrownBy(() -> client.save("/f", there))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("there");
        assertThat(there).content().isEqualTo("old");
        assertThatThrownBy(() -> client.save("/f", folder.resolve("none/f"))).isInstanceOf(LocalFileException.class);
        assertThat(folder.toFile().list()).containsExactly("there");
    }

    @Test
    void a_question_is_asked_again_until_the_server_is_back() throws Exception {
        server.on("/v1/x", ScriptedServer.cut())
                .on("/v1/x", ScriptedServer.answer(502, "text/html", "bad gateway"))
                .on("/v1/x", ScriptedServer.problem(503, "SERVER_BUSY"))
                .json("/v1/x", "{}");
        assertThat(client.ask("/v1/x").body()).isEqualTo("{}");
        assertThat(server.requests()).hasSize(4);
        server.on("/v1/none", ScriptedServer.problem(404, "ROUTE_NOT_FOUND"));
        assertThat(client.ask("/v1/none").status()).isEqualTo(404);
    }

    @Test
    void an_interrupted_thread_stops_fetching() {
        server.on("/f", (request, out) -> {
            out.write("HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\n1".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread.currentThread().join();
        });
        Thread fetching = Thread.currentThread();
        assertThatThrownBy(() -> client.download("/f", new java.io.OutputStream() {
                    @Override
                    public void write(int one) {
                        fetching.interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThatThrownBy(() -> {
                    Thread.currentThread().interrupt();
                    client.save("/f", folder.resolve("f"));
                })
                .isInstanceOf(InterruptedException.class);
        assertThat(folder).isEmptyDirectory();
    }

    private static ScriptedServer.Script half() {
        return (request, out) ->
                out.write("HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
    }
}
