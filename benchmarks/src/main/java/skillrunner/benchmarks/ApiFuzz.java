package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import skillrunner.contract.ApiDocument;
import skillrunner.contract.fuzz.FuzzReport;
import skillrunner.contract.fuzz.Fuzzer;

/**
 * Asks a server everything that its document describes, well and badly, for ten minutes. The document is the one that the server
 * gives out; {@code -Dskillrunner.fuzz.seed} and {@code -Dskillrunner.fuzz.seconds} choose others.
 */
final class ApiFuzz implements Measurement {
    private static final long SECONDS = 600;
    private static final String NOBODY = "http://127.0.0.1:1/";

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("fuzz");
        // Threads and memory that are still held after all of this have leaked.
        try (RunningServer server = RunningServer.start(installation, data, settings(installation, data))) {
            ApiDocument document = ApiDocument.parse(Http.get(server.port(), "/openapi.yaml"));
            long seed = Long.getLong("skillrunner.fuzz.seed", System.currentTimeMillis());
            int threads = server.threads();
            FuzzReport report = fuzzer(document, server.port(), seed)
                    .run(Long.MAX_VALUE, Duration.ofSeconds(Long.getLong("skillrunner.fuzz.seconds", SECONDS)));
            report.findings().forEach(System.err::println);
            return List.of(
                    Figure.judged(
                            "fuzz from the document: failures, hangs and undocumented answers",
                            report.summary(),
                            "0 findings",
                            report.findings().isEmpty()),
                    Figure.information(
                            "threads and heap of the server before and after",
                            String.format(
                                    Locale.ROOT,
                                    "%d and %d threads; heap %.0f MiB",
                                    threads,
                                    server.threads(),
                                    server.heapMib())));
        } finally {
            Folders.delete(data);
        }
    }

    private static Fuzzer fuzzer(ApiDocument document, int port, long seed) {
        return new Fuzzer(document, port, seed)
                .values("skill_id", "benchmark", "demo-prime-number")
                .values("engine", "codex", "gemini", "iflow", "opencode")
                .values("parameter", "{\"order\": \"answer\"}", "{\"order\": \"tick 20\"}", "{\"limit\": 10}")
                .values("artifact_path", "artifacts/large", "artifacts", "large")
                .values("path", "SKILL.md", "assets/runner.json", "input.json", "assets")
                .values("wait_seconds", "0", "1")
                .seldom("removeRuns", "createUpgrade", "startTerminal", "addModelSnapshot");
    }

    /** All engines are there, npm installs nothing, and no provider of a sign-in is asked. */
    private static Map<String, String> settings(Installation installation, Path data) throws IOException {
        Path programs = Files.createDirectories(data.resolveSibling("fuzz-programs"));
        Path npm = Files.writeString(programs.resolve("npm"), "#!/bin/sh\necho 11.0.0\n[ \"$1\" = --version ]\n");
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String engine : List.of("gemini", "iflow", "opencode")) {
            Path other = installation.cli().resolveSibling(engine);
            Files.copy(
                    installation.cli(), other, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Map<String, String> settings = new HashMap<>(Map.of(
                "PATH", programs + ":" + System.getenv("PATH"),
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
                "OPENAI_TOKEN",
                "OPENAI_DEVICE_CODE",
                "OPENAI_DEVICE_POLL",
                "GOOGLE_TOKEN",
                "GEMINI_USER_INFO",
                "GEMINI_CODE_ASSIST",
                "ANTIGRAVITY_USER_INFO",
                "IFLOW_TOKEN",
                "IFLOW_USER_INFO")) {
            settings.put("SKILL_RUNNER_AUTH_" + address + "_URL", NOBODY + address.toLowerCase(Locale.ROOT));
        }
        return settings;
    }
}
