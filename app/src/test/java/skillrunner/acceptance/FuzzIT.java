package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.contract.fuzz.FuzzReport;
import skillrunner.contract.fuzz.Fuzzer;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server is asked everything that its document describes, well and badly. {@code -Dskillrunner.fuzz.seed} chooses other
 * requests, {@code -Dskillrunner.fuzz.seconds} more of them; the long one is a benchmark.
 */
@Tag("chance")
class FuzzIT {
    private static final String NOBODY = "http://127.0.0.1:1/";
    private static final int ENOUGH = 3_000;

    /** All that an API call can do must have been possible for the test to mean something. */
    private static final int LEAST_REACHED = 150;

    @TempDir
    private Path temporary;

    @Test
    void nothing_fails_hangs_or_answers_what_the_document_does_not_have() throws Exception {
        EngineHome home = new EngineHome(temporary);
        TestSkill.install(home.root());
        TestSkill.installAsking(home.root());
        for (EngineId engine : EngineId.BUILT_IN) {
            ScriptedCli.install(home.npmPrefix().resolve("bin"), engine);
        }
        try (RunningServer server = home.start(settings())) {
            Duration limit = Duration.ofSeconds(Long.getLong("skillrunner.fuzz.seconds", 60));
            FuzzReport report = fuzzer(server).run(Long.getLong("skillrunner.fuzz.requests", ENOUGH), limit);

            assertThat(report.findings()).as(report.summary()).isEmpty();
            assertThat(report.reached()).as(report.summary()).isGreaterThan(LEAST_REACHED);
            assertThat(server.client().get("/readyz").status()).isEqualTo(200);
            assertThat(server.log()).doesNotContain("incident", "Exception");
            System.out.println(report.summary());
        }
    }

    private static Fuzzer fuzzer(RunningServer server) throws IOException {
        return new Fuzzer(Contract.DOCUMENT, server.port(), Long.getLong("skillrunner.fuzz.seed", 16))
                .values("skill_id", TestSkill.ID, TestSkill.ASKING, "demo-prime-number")
                .values("engine", "codex", "gemini", "iflow", "opencode")
                .values(
                        "parameter",
                        script("say hello"),
                        script("artifact report.txt well"),
                        script("stderr a note"),
                        script("garbage"),
                        script("pause 3000"),
                        script("fail tired"),
                        script(
                                "answer {\\\"ask_user\\\": {\\\"kind\\\": \\\"open_text\\\", \\\"prompt\\\": \\\"Well?\\\"}}"),
                        "{\"limit\": 10}")
                .values("artifact_path", "artifacts/report.txt", "artifacts", "report.txt")
                .values("path", "SKILL.md", "assets/runner.json", "artifacts/report.txt", "input.json", "assets")
                .values("wait_seconds", "0", "1")
                .files(
                        "skill_package",
                        TestSkill.sent("sent").zip(),
                        TestSkill.sentAsking("sent").zip(),
                        TestPackage.of("other", "1.0.0").zip())
                .files("file", TestPackage.of("installed", "1.0.0").zip())
                .seldom("removeRuns", "createUpgrade", "startTerminal", "addModelSnapshot")
                .pages(
                        "/ui",
                        "/ui/runs",
                        "/ui/engines",
                        "/ui/runs/{request_id}",
                        "/ui/runs/{request_id}/view",
                        "/ui/runs/{request_id}/conversation.md",
                        "/ui/runs/{request_id}/logs/tail",
                        "/ui/management/runs/{request_id}/timeline",
                        "/ui/management/runs/{request_id}/source",
                        "/ui/management/runs/{request_id}/conversation",
                        "/ui/skills/{skill_id}",
                        "/ui/skills/{skill_id}/view",
                        "/ui/engines/{engine}/models",
                        "/ui/skill-packages/{request_id}/status");
    }

    private static String script(String directive) {
        return "{\"script\": \"@cli " + directive + "\"}";
    }

    /** No provider of a sign-in is asked, and no port that others use is taken. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "SKILL_RUNNER_MAX_QUEUE_SIZE", "6",
                "SKILL_RUNNER_AUTH_SCREEN_PATIENCE_SECONDS", "5",
                "SKILL_RUNNER_GEMINI_OAUTH_CLIENT_ID", "some-client",
                "SKILL_RUNNER_GEMINI_OAUTH_CLIENT_SECRET", "some-secret",
                "SKILL_RUNNER_OPENCODE_GOOGLE_OAUTH_CLIENT_ID", "some-client",
                "SKILL_RUNNER_OPENCODE_GOOGLE_OAUTH_CLIENT_SECRET", "some-secret",
                "SKILL_RUNNER_IFLOW_OAUTH_CLIENT_SECRET", "some-secret"));
        for (String port : List.of("OPENAI", "GEMINI", "IFLOW", "ANTIGRAVITY")) {
            settings.put("SKILL_RUNNER_AUTH_" + port + "_CALLBACK_PORT", "0");
        }
        for (String address : List.of(
                "OPENAI_ISSUER",
                "OPENAI_AUTHORIZE",
                "OPENAI_TOKEN",
                "OPENAI_DEVICE_CODE",
                "OPENAI_DEVICE_POLL",
                "OPENAI_DEVICE_PAGE",
                "OPENAI_DEVICE_REDIRECT",
                "GOOGLE_AUTHORIZE",
                "GOOGLE_TOKEN",
                "GEMINI_USER_INFO",
                "GEMINI_CODE_ASSIST",
                "GEMINI_CODE_PAGE",
                "ANTIGRAVITY_USER_INFO",
                "IFLOW_AUTHORIZE",
                "IFLOW_TOKEN",
                "IFLOW_USER_INFO",
                "IFLOW_CODE_PAGE")) {
            settings.put("SKILL_RUNNER_AUTH_" + address + "_URL", NOBODY + address.toLowerCase(java.util.Locale.ROOT));
        }
        return settings;
    }
}
