package skillrunner.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs that take more of the machine than they may, beside one that does not. */
class RunLimitsIT {
    private static final Map<String, String> LIMITS = Map.of(
            "SKILL_RUNNER_RUN_OUTPUT_MAX_BYTES", "2000000",
            "SKILL_RUNNER_RUN_WORKSPACE_MAX_BYTES", "3000000",
            "SKILL_RUNNER_RUN_FILES_MAX", "300",
            "SKILL_RUNNER_RUN_PROCESSES_MAX", "60",
            "SKILL_RUNNER_RUN_MEMORY_MAX_MB", "200",
            "SKILL_RUNNER_CPU_FACTOR", "100",
            "SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", "16");

    /** What an agent does, and the code its run ends with. */
    private static final Map<String, String> EXCESSES = new LinkedHashMap<>(Map.of(
            "sh yes endless >&2", "OUTPUT_LIMIT_EXCEEDED",
            "sh yes endless >large; sleep 1000", "FILE_LIMIT_EXCEEDED",
            "sh yes endless >large", "FILE_LIMIT_EXCEEDED",
            "sh i=0; while :; do i=$((i + 1)); mkdir -p deep/$i; sleep 0.001; done", "FILE_LIMIT_EXCEEDED",
            "sh grow() { if [ $1 -gt 0 ]; then (grow $(($1 - 1))) & (grow $(($1 - 1))) & fi; sleep 1000; }; grow 7",
                    "PROCESS_LIMIT_EXCEEDED",
            "sh truncate -s 100G large\n@cli fail no room", "FILE_LIMIT_EXCEEDED",
            "sh truncate -s 100G large; :\n@cli answer {\"status\": \"ok\"}", "FILE_LIMIT_EXCEEDED",
            "sh held=$(head -c 300000000 /dev/zero | tr '\\0' x); sleep 1000; echo $held", "MEMORY_LIMIT_EXCEEDED"));

    @TempDir
    private Path home;

    @BeforeEach
    void install() throws Exception {
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home);
    }

    @Test
    void each_ends_with_the_code_of_its_limit_and_touches_no_other() throws Exception {
        Path go = home.resolve("go");
        try (RunningServer server = RunningServer.start(home, LIMITS)) {
            ApiClient api = server.client();
            String modest = api.create(TestSkill.job("say ready", "wait " + go, "answer {\"status\": \"ok\"}"));
            Map<String, String> requests = new LinkedHashMap<>();
            for (Map.Entry<String, String> excess : EXCESSES.entrySet()) {
                requests.put(api.create(TestSkill.job(excess.getKey())), excess.getValue());
            }

            for (Map.Entry<String, String> request : requests.entrySet()) {
                JsonNode ended = api.awaitEnd(request.getKey());
                assertThat(ended.at("/error/code").stringValue())
                        .as(ended + server.log())
                        .isEqualTo(request.getValue());
                assertThat(api.get("/v1/jobs/" + request.getKey() + "/result").status())
                        .isEqualTo(200);
            }

            Files.writeString(go, "");
            assertThat(api.awaitEnd(modest).get("status").stringValue()).isEqualTo("succeeded");
        }
    }
}
