package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.standin.Answer;
import skillrunner.standin.StandInModelServer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The real CLIs, with their own sandboxes, under a server that an ordinary user runs. */
class RealCliOfAnOrdinaryUserIT {
    private static final OtherUser OWNER = OtherUser.NOBODY;
    private static final String CANARY = "only-the-server-has-this";

    /** Whatever the CLI's sandbox allows: says who it is, looks around, and leaves a process behind. */
    private static final String TOOL = "mkdir -p artifacts; id -u > artifacts/user;"
            + " (cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n' | grep -a " + CANARY + "; true) > artifacts/seen;"
            + " setsid sleep 1000 </dev/null >/dev/null 2>&1 & sleep 0.1; echo over";

    private final Path home;

    RealCliOfAnOrdinaryUserIT(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void it_works_in_its_sandbox_sees_nothing_of_the_server_and_leaves_nothing_behind() throws Exception {
        OtherUser.assumeThatRootRunsTheTests(home);
        List<RealEngineContract> engines = List.of(new RealCodexIT(), new RealGeminiIT(), new RealOpencodeIT());
        Path program = Files.createDirectory(home.resolve("program"));
        copy(Repository.root().resolve("app/target/dist"), program.resolve("dist"));
        Files.createDirectory(home.resolve("home"));
        TestSkill.install(home);
        Map<String, String> settings = new HashMap<>();
        List<String> path = new ArrayList<>();
        try (StandInModelServer model = StandInModelServer.start(0)) {
            model.register(
                    "curious",
                    turn -> turn.toolOutput().isEmpty()
                            ? new Answer.ToolCall(TOOL)
                            : new Answer.Text("{\"status\": \"ok\"}"));
            for (RealEngineContract each : engines) {
                Path copied = program.resolve(each.engine().wire());
                copy(each.npmPrefix(), copied);
                path.add(copied.resolve("bin").toString());
                each.configure(home, model.baseUrl("curious"));
                settings.putAll(each.variables());
            }
            OWNER.own(home.resolve("data"));
            OWNER.own(home.resolve("cache"));
            OWNER.own(home.resolve("home"));
            Files.setAttribute(home, "unix:uid", OWNER.uid());
            path.add(Objects.requireNonNull(System.getenv("PATH")));
            settings.put("PATH", String.join(":", path));
            settings.put("HOME", home.resolve("home").toString());
            settings.put("AWS_SECRET_ACCESS_KEY", CANARY);
            List<String> through = new ArrayList<>(OWNER.through());
            through.addAll(List.of(
                    "sh",
                    "-c",
                    "exec \"$0\" serve",
                    program.resolve("dist/bin/skill-runner").toString()));
            try (RunningServer server = RunningServer.start(home, settings, through)) {
                ApiClient api = server.client();
                Map<String, String> requests = new LinkedHashMap<>();
                for (RealEngineContract each : engines) {
                    requests.put(
                            each.engine().wire(), api.create(TestSkill.job(each.engine(), Map.of("no_cache", true))));
                }
                for (Map.Entry<String, String> request : requests.entrySet()) {
                    check(request.getKey(), request.getValue(), api);
                }
            }
        }
    }

    private void check(String engine, String request, ApiClient api) throws Exception {
        JsonNode status = api.awaitEnd(request);
        String what = engine + " " + status;
        assertThat(status.get("status").stringValue()).as(what).isEqualTo("succeeded");
        assertThat(artifact(api, request, "user")).as(what).isEqualTo(OWNER.uid() + "\n");
        JsonNode run = api.get("/v1/management/runs/" + request).json();
        if (run.get("process_isolation").stringValue().equals("pid_namespace")) {
            assertThat(artifact(api, request, "seen")).as(what).isEmpty();
        }
        assertThat(Processes.of(status.get("run_id").stringValue())).as(what).isEmpty();
    }

    private static String artifact(ApiClient api, String request, String name) {
        return api.get("/v1/jobs/" + request + "/artifacts/artifacts/" + name).body();
    }

    /** Links, where the file system lets it be, since these are a gigabyte. */
    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "cp -al \"$1\" \"$2\" 2>/dev/null || { rm -rf \"$2\" && cp -a \"$1\" \"$2\"; }",
                        "sh",
                        from.toString(),
                        to.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
