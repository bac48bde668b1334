package skillrunner.commandline;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.commandline.ScriptedServer.Reply;

import static org.assertj.core.api.Assertions.assertThat;

/** The version of a server comes with its answers; only one that does not say it is asked for its document. */
class ServerVersionTest {
    private static final String RUNS = "GET /v1/management/runs";

    @TempDir
    private Path here;

    private ScriptedServer server;

    @BeforeEach
    void serve() throws IOException {
        server = new ScriptedServer()
                .answer(RUNS, Reply.json("{\"runs\": [], \"awaiting_upload\": [], \"next_cursor\": null}"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_server_that_says_its_version_is_asked_once() throws Exception {
        server.says("0.1.7");
        CommandTrial.Ended ended = trial().run("runs", "list");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(server.requests()).extracting(ScriptedServer.Request::call).containsExactly(RUNS);
    }

    @Test
    void an_older_server_is_asked_for_its_document_as_well() throws Exception {
        CommandTrial.Ended ended = trial().run("runs", "list");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(server.requests())
                .extracting(ScriptedServer.Request::call)
                .containsExactly(RUNS, "GET /openapi.yaml");
    }

    @Test
    void another_version_is_said_and_the_answer_is_not_guessed_at() throws Exception {
        server.says("0.2.0").answer(RUNS, new Reply(200, "text/plain", "something new"));
        CommandTrial.Ended ended = trial().run("runs", "list");
        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .isEqualTo(
                        "skill-runner: VERSION_UNKNOWN: the server is of version 0.2.0, and this program knows 0.1.0\n");
    }

    @Test
    void nothing_is_changed_before_the_version_is_known() throws Exception {
        server.says("0.2.0").answer("GET /openapi.yaml", new Reply(200, "text/yaml", ScriptedServer.document("0.2.0")));
        CommandTrial.Ended ended = trial().run("runs", "cancel", ServedRun.ID);
        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.err()).startsWith("skill-runner: VERSION_UNKNOWN: ");
        assertThat(server.requests()).extracting(ScriptedServer.Request::call).containsExactly("GET /openapi.yaml");
    }

    @Test
    void a_document_of_another_program_is_none_of_ours() throws Exception {
        server.answer(
                "GET /openapi.yaml",
                new Reply(
                        200,
                        "application/yaml",
                        ScriptedServer.document("0.1.0").replace("Skill Runner", "Pet Store")));
        CommandTrial.Ended ended = trial().run("runs", "list");
        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.err()).startsWith("skill-runner: NO_SKILL_RUNNER: ").contains("Pet Store");
    }

    private CommandTrial trial() throws IOException {
        return new CommandTrial(server, here);
    }
}
