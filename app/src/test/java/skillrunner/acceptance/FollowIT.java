package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code scripts/follow}, whose server is killed under it. */
class FollowIT {
    @TempDir
    private Path home;

    @BeforeEach
    void install() throws IOException {
        TestSkill.install(home);
        Path program = Files.createDirectories(home.resolve("cache/npm/bin")).resolve("codex");
        // Bytes that are no text among them, since what is proven is bytes.
        Files.writeString(
                program,
                """
                #!/bin/sh
                cat >/dev/null
                echo '{"type":"turn.started"}'
                part() {
                    i=0
                    while [ $i -lt 2000 ]; do
                        echo "$1 $i 中文 \uD83D\uDE00"
                        i=$((i + 1))
                    done
                    printf '\\377\\000\\r\\n'
                    until [ -e 'HOME/go-'$1 ]; do sleep 0.02; done
                }
                part one
                part two
                part three
                echo '{"type":"item.completed","item":{"type":"agent_message","text":"{\\"status\\": \\"ok\\"}"}}'
                echo '{"type":"turn.completed"}'
                """
                        .replace("HOME", home.toString()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void output_is_complete_although_the_server_is_killed_twice_meanwhile() throws Exception {
        Path file = home.resolve("output");
        String request;
        Process follow;
        int port;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            port = server.port();
            request = server.client().create(TestSkill.job());
            follow = follow(port, request, file);
            awaitText(file, "one 1999");
            server.kill();
        }
        go("one");
        Map<String, String> samePort = Map.of("PORT", Integer.toString(port));
        try (RunningServer server = RunningServer.start(home, samePort)) {
            awaitText(file, "two 1999");
            server.kill();
        }
        go("two");
        try (RunningServer server = RunningServer.start(home, samePort)) {
            awaitText(file, "three 1999");
            go("three");
            JsonNode receipt = server.client().awaitEnd(request).get("receipt").get("stdout");

            assertThat(follow.waitFor()).isZero();
            assertThat(Files.size(file)).isEqualTo(receipt.get("bytes").longValue());
            assertThat(said())
                    .contains("complete, " + receipt.get("bytes") + " bytes, SHA-256 "
                            + receipt.get("sha256").stringValue());
            assertThat(Files.mismatch(file, home.resolve("shown"))).isEqualTo(-1);

            Path begun = Files.write(home.resolve("begun"), firstBytes(file, 12_345));
            assertThat(follow(port, request, begun).waitFor()).isZero();
            assertThat(Files.mismatch(begun, file)).isEqualTo(-1);

            byte[] changed = Files.readAllBytes(file);
            changed[1_000] ^= 1;
            Path wrong = Files.write(home.resolve("wrong"), changed);
            assertThat(follow(port, request, wrong).waitFor()).isEqualTo(1);
            assertThat(said()).contains("the receipt says " + receipt.get("bytes"));
            Files.write(file, new byte[1], StandardOpenOption.APPEND);
            assertThat(follow(port, request, file).waitFor()).isEqualTo(1);
            assertThat(follow(port, "00000000-0000-4000-8000-000000000000", file)
                            .waitFor())
                    .isEqualTo(1);
        }
    }

    private void go(String part) throws IOException {
        Files.createFile(home.resolve("go-" + part));
    }

    private String said() throws IOException {
        return Files.readString(home.resolve("said"));
    }

    private static byte[] firstBytes(Path file, int count) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(count);
        }
    }

    private static void awaitText(Path file, String text) {
        Awaitility.await()
                .until(() ->
                        Files.exists(file) && Files.readString(file, ISO_8859_1).contains(text));
    }

    private Process follow(int port, String request, Path file) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(Repository.root().resolve("scripts/follow").toString(), request, file.toString());
        builder.environment().put("SKILL_RUNNER_SERVER", "http://127.0.0.1:" + port);
        builder.redirectOutput(home.resolve("shown").toFile());
        builder.redirectError(home.resolve("said").toFile());
        return builder.start();
    }
}
