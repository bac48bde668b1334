package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that an ordinary user runs, on a machine with other users, with agents that open what they can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdinaryUserIT {
    private static final OtherUser OWNER = OtherUser.NOBODY;
    private static final String ANSWER = "answer {\"status\": \"ok\"}";

    private Path home = Path.of("");
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        home = folder;
        OtherUser.assumeThatRootRunsTheTests(home);
        // Neither this user's home nor the folder of the sources need be open to others.
        Path program = Files.createDirectory(home.resolve("program"));
        copyTree(Repository.root().resolve("app/target/dist"), program);
        Files.createDirectory(home.resolve("home"));
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        OWNER.own(home);
        List<String> through = new ArrayList<>(OWNER.through());
        through.addAll(List.of(
                "sh",
                "-c",
                "exec \"$0\" serve",
                program.resolve("bin/skill-runner").toString()));
        server = RunningServer.start(
                home,
                Map.of(
                        "HOME",
                        home.resolve("home").toString(),
                        "LOG_FILE",
                        home.resolve("log").toString()),
                through);
        api = server.client();
        // The way to what is private is open.
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void runs_work_and_their_processes_belong_to_the_user() throws Exception {
        String request =
                api.create(TestSkill.job(Map.of("no_cache", true), "sh id -u > artifacts/user", "say hello", ANSWER));

        JsonNode status = api.awaitEnd(request);

        assertThat(status.get("status").stringValue()).as(status + server.log()).isEqualTo("succeeded");
        assertThat(api.get("/v1/jobs/" + request + "/artifacts/artifacts/user").body())
                .isEqualTo(OWNER.uid() + "\n");
        assertThat(api.stdout(request)).contains("hello");
        assertThat(Processes.of(status.get("run_id").stringValue())).isEmpty();
        assertThat(api.get("/readyz").status()).isEqualTo(200);
    }

    @Test
    void a_package_and_an_upload_are_taken() throws Exception {
        TestPackage mine = TestPackage.of("mine", "1.0.0")
                .with("\"engines\": [\"codex\"], \"entrypoint\": {\"prompts\": {\"codex\":"
                        + " \"@cli sh cat uploads/extra > artifacts/copy\\n@cli answer {}\"}}")
                .file(
                        "assets/input.schema.json",
                        "{\"type\": \"object\", \"properties\": {\"extra\": {\"type\": \"string\", \"x-input-source\": \"file\"}},"
                                + " \"required\": [\"extra\"]}");
        JsonNode installed = api.installed(mine.zip());
        assertThat(installed.get("status").stringValue())
                .as(installed.toString())
                .isEqualTo("succeeded");

        String request = api.create(Map.of("skill_id", "mine", "engine", "codex"));
        assertThat(api.upload(request, Map.of("extra", "more")).status()).isEqualTo(200);
        JsonNode status = api.awaitEnd(request);
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(api.get("/v1/jobs/" + request + "/artifacts/artifacts/copy").body())
                .isEqualTo("more");
    }

    @Test
    void a_file_of_a_run_that_lost_its_rights_counts_as_lost() throws Exception {
        for (String end : List.of(ANSWER, "exit 3")) {
            JsonNode status = api.awaitEnd(api.create(TestSkill.job("artifact one.txt fine", "say hello", end)));
            String request = status.get("request_id").stringValue();
            Path run = home.resolve("data/runs").resolve(status.get("run_id").stringValue());
            List<String> files = new ArrayList<>(LostRunFilesIT.FILES);
            files.addAll(List.of(
                    ".audit/events.1.jsonl", ".audit/fcmp_events.1.jsonl", ".audit/orchestrator_events.1.jsonl"));
            for (String file : files) {
                Path place = run.resolve(file);
                if (!Files.exists(place)) {
                    continue;
                }
                Set<PosixFilePermission> rights = Files.getPosixFilePermissions(place);
                Files.setPosixFilePermissions(place, Set.of());

                LostRunFilesIT.ask(api, request, "no rights for " + file);

                Files.setPosixFilePermissions(place, rights);
            }
            assertThat(api.stdout(request)).contains("hello");
        }
        assertThat(Files.readString(home.resolve("log"))).doesNotContain("incident");
    }

    @Test
    void no_third_user_reads_anything() throws Exception {
        JsonNode status = api.awaitEnd(api.create(TestSkill.job("artifact secret.txt secret", ANSWER)));
        Path run = home.resolve("data/runs").resolve(status.get("run_id").stringValue());
        assertThat(run.resolve("workspace/artifacts/secret.txt")).exists();

        for (Path each : List.of(
                home.resolve("data"),
                home.resolve("data/requests"),
                home.resolve("data/skills"),
                home.resolve("data/tmp"),
                run.resolve("workspace/artifacts"),
                run.resolve(".audit"),
                home.resolve("cache/agent-home"),
                home.resolve("cache/npm"))) {
            assertThat(OtherUser.THIRD.says("ls \"$1\"/", each))
                    .as(each.toString())
                    .contains("ermission denied");
        }
        for (Path each : List.of(
                home.resolve("log"),
                home.resolve("data/skill_runner.db"),
                home.resolve("data/skill_runner.db-wal"),
                home.resolve("data/engine_upgrades.db"),
                run.resolve("workspace/artifacts/secret.txt"))) {
            assertThat(OtherUser.THIRD.says("cat \"$1\"; echo x >> \"$1\"", each))
                    .as(each.toString())
                    .contains("ermission denied")
                    .doesNotContain("secret\n");
        }
    }

    @Test
    void however_wide_an_agent_opens_its_workspace_the_server_stays_closed() throws Exception {
        JsonNode status = api.awaitEnd(api.create(TestSkill.job(
                "sh umask 000; mkdir -p artifacts/wide; echo x > artifacts/wide/file; chmod -R 777 .; cp /bin/sh artifacts/shell;"
                        + " chmod 6777 artifacts/shell; ln -s ../../.audit artifacts/link; ln input.json artifacts/twin",
                ANSWER)));
        Path run = home.resolve("data/runs").resolve(status.get("run_id").stringValue());

        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        assertThat(api.get("/v1/jobs/" + status.get("request_id").stringValue() + "/artifacts")
                        .json()
                        .get("artifacts")
                        .toString())
                .isEqualTo("[\"artifacts/shell\",\"artifacts/wide/file\"]");
        assertThat(OtherUser.THIRD.says("\"$1\" -p -c 'id -u'", run.resolve("workspace/artifacts/shell")))
                .as("a program with the bit of its owner can be reached by nobody")
                .contains("ermission denied");
        for (Path own : List.of(home.resolve("data"), home.resolve("data/runs"), run, run.resolve(".audit"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                    .as(own.toString())
                    .isEqualTo("rwx------");
        }
        for (Path own : List.of(
                run.resolve("status.json"),
                run.resolve("result/result.json"),
                run.resolve(".audit/stdout.1.log"),
                run.resolve(".audit/meta.1.json"),
                run.resolve(".audit/exit.1.json"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                    .as(own.toString())
                    .isEqualTo("rw-------");
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(visited)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) throws IOException {
                Files.copy(visited, to.resolve(from.relativize(visited)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
