package skillrunner.acceptance.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.RealCli;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests that the makers of the Durable Streams protocol publish for servers, as far as they are about reading. What is
 * left out of them is named here with its reason, and nothing may be missing from these lists.
 */
class DurableStreamsIT {
    private static final String NAME = "@durable-streams/server-conformance-tests";
    private static final String VERSION = "0.3.6";

    private static final String WRITING = "a run writes its streams itself, and nobody else";
    private static final String LIFETIME = "a stream is kept as long as its run";
    private static final String FORKS = "a run has no forks";
    private static final String CORS = "pages of other origins may not read runs";

    private static final List<String> APPLY = List.of(
            "Read Operations",
            "Long-Poll Operations",
            "HEAD Metadata",
            "Offset Validation and Resumability",
            "Long-Poll Edge Cases",
            "Caching and ETag",
            "Chunking and Large Payloads",
            "Read-Your-Writes Consistency",
            "Browser Security Headers",
            "SSE Mode",
            "JSON Mode",
            "Property-Based Tests (fast-check) Byte-Exactness Property",
            "Property-Based Tests (fast-check) Immutability Properties",
            "Property-Based Tests (fast-check) Offset Validation Properties",
            "Stream Closure HEAD with Stream Closure",
            "Stream Closure Read Closed Streams (Catch-up)",
            "Stream Closure Long-poll with Stream Closure",
            "Stream Closure SSE with Stream Closure");

    private static final Map<String, String> SECTIONS_LEFT_OUT = Map.ofEntries(
            Map.entry("Basic Stream Operations", WRITING),
            Map.entry("Append Operations", WRITING),
            Map.entry("HTTP Protocol", WRITING),
            Map.entry("TTL and Expiry Validation", LIFETIME),
            Map.entry("Case-Insensitivity", WRITING),
            Map.entry("Content-Type Validation", WRITING),
            Map.entry("Protocol Edge Cases", WRITING),
            Map.entry("TTL and Expiry Edge Cases", LIFETIME),
            Map.entry("HEAD Metadata Edge Cases", LIFETIME),
            Map.entry("TTL Expiration Behavior", LIFETIME),
            Map.entry("Property-Based Tests (fast-check) Operation Sequence Properties", WRITING),
            Map.entry("Property-Based Tests (fast-check) Sequence Ordering Properties", WRITING),
            Map.entry("Property-Based Tests (fast-check) Concurrent Writer Stress Tests", WRITING),
            Map.entry("Property-Based Tests (fast-check) State Hash Verification", WRITING),
            Map.entry("Idempotent Producer Operations", WRITING),
            Map.entry("Stream Closure Create with Stream-Closed", WRITING),
            Map.entry("Stream Closure Close Operations", WRITING),
            Map.entry("Stream Closure Idempotent Producers with Stream Closure", WRITING),
            Map.entry("Stream Closure Edge Cases", WRITING),
            Map.entry("Fork", FORKS),
            Map.entry("Reserved subscription APIs", "a run calls nobody"));

    private static final Map<String, String> TESTS_LEFT_OUT = Map.of(
            "should reject POST with empty array body", WRITING,
            "should reject invalid JSON with 400", WRITING,
            "should reject empty JSON arrays with 400", WRITING,
            "should include X-Content-Type-Options: nosniff on PUT responses", WRITING,
            "should include X-Content-Type-Options: nosniff on POST responses", WRITING,
            "should allow If-None-Match in CORS preflight responses", CORS);

    @TempDir
    private Path work;

    @Test
    void whatever_clients_of_the_protocol_may_count_on_when_they_read_holds() throws Exception {
        JsonNode report;
        try (WrittenRuns runs = new WrittenRuns(work.resolve("data"));
                StreamWriter writer = new StreamWriter(runs)) {
            report = judged(writer.address());
        }

        Map<String, String> failures = new TreeMap<>();
        List<String> passed = new ArrayList<>();
        List<String> unnamed = new ArrayList<>();
        TreeSet<String> titles = new TreeSet<>();
        for (JsonNode file : report.get("testResults")) {
            for (JsonNode test : file.get("assertionResults")) {
                String name = test.get("fullName").stringValue().strip();
                titles.add(test.get("title").stringValue());
                switch (test.get("status").stringValue()) {
                    case "passed" -> passed.add(name);
                    case "failed" ->
                        failures.put(name, test.get("failureMessages").toString());
                    default -> {
                        if (!isLeftOut(name)) {
                            unnamed.add(name);
                        }
                    }
                }
            }
        }
        assertThat(failures).isEmpty();
        assertThat(unnamed).isEmpty();
        assertThat(titles).containsAll(TESTS_LEFT_OUT.keySet());
        assertThat(APPLY).allMatch(section -> passed.stream().anyMatch(name -> name.startsWith(section + " ")));
    }

    private static boolean isLeftOut(String name) {
        return SECTIONS_LEFT_OUT.keySet().stream().anyMatch(name::startsWith)
                || TESTS_LEFT_OUT.keySet().stream().anyMatch(name::endsWith);
    }

    private JsonNode judged(String address) throws IOException, InterruptedException {
        Path tests = RealCli.npmPrefix("durable-streams-server-conformance", NAME, VERSION)
                .resolve("lib/node_modules")
                .resolve(NAME);
        Path suite = Files.createDirectories(work.resolve("suite"));
        Files.writeString(
                suite.resolve("streams.test.mjs"),
                "import { runConformanceTests } from '" + tests.resolve("dist/index.js")
                        + "'\nrunConformanceTests({ baseUrl: '" + address + "', longPollTimeoutMs: 20000 })\n");
        Path report = work.resolve("report.json");
        Path log = work.resolve("suite.log");
        new ProcessBuilder(
                        "node",
                        tests.resolve("node_modules/vitest/vitest.mjs").toString(),
                        "run",
                        "--root",
                        suite.toString(),
                        // Some wait for the end of a long-poll, and the machine may be busy.
                        "--testTimeout=120000",
                        // Each test has a stream of its own, so the waits of all are sat out together.
                        "--sequence.concurrent",
                        "--reporter=json",
                        "--outputFile=" + report,
                        "--testNamePattern",
                        pattern())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(report).as(() -> read(log)).exists();
        return JsonMapper.shared().readTree(Files.readString(report));
    }

    private static String pattern() {
        return "^(?!(" + alternatives(SECTIONS_LEFT_OUT.keySet().stream()) + ") )(?!.*("
                + alternatives(TESTS_LEFT_OUT.keySet().stream()) + ")$)(" + alternatives(APPLY.stream()) + ") ";
    }

    private static String alternatives(Stream<String> names) {
        return names.map(name -> name.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0"))
                .collect(Collectors.joining("|"));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
