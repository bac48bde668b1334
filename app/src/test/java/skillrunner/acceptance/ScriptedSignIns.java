package skillrunner.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Programs of engines that show on a terminal what a test says, and what a test asks of their sign-ins. */
public final class ScriptedSignIns {
    public static final String SESSIONS = "/v1/engines/auth/cli-delegate/sessions";

    /** What every script may use: keys one by one, and a line as a terminal hands it over. */
    private static final String COMMON =
            """
            #!/bin/sh
            say() { printf "$@"; }
            key() { dd bs=1 count=1 2>/dev/null; }
            line() { IFS= read -r answer; }
            raw() { stty -icanon -echo min 1; }
            hang() { while :; do sleep 1000; done; }
            test "$1" = --version && { echo 1.0.0; exit 0; }
            test "$1" = models && exit 1
            echo $$ >>"$HOME/pids"
            env >"$HOME/environment"
            echo "$@" >>"$HOME/arguments"
            """;

    private final Path home;
    private final Path bin;

    /** @param home the home of a test's server */
    public ScriptedSignIns(Path home) {
        this.home = home;
        this.bin = home.resolve("bin");
    }

    /** The search path with which a server finds them first. */
    public String path() {
        return bin + ":" + System.getenv("PATH");
    }

    /** Puts a script in the place of a program. */
    public void program(String name, String script) {
        try {
            Path file = Files.createDirectories(bin).resolve(name + ".new");
            Files.writeString(file, COMMON + script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(file, bin.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(agentHome().resolve("pids"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where engines keep their credentials. */
    public Path agentHome() {
        return home.resolve("cache/agent-home");
    }

    /** Writes a file there. */
    public Path put(String path, String text) throws IOException {
        Path file = agentHome().resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** Begins a session; it has to begin. */
    public String begin(ApiClient api, String engine, String method, String provider) {
        ApiClient.Answer answer = api.post(SESSIONS, body(engine, method, provider));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("session_id").stringValue();
    }

    /** What begins a session. */
    public static Map<String, Object> body(String engine, String method, String provider) {
        Map<String, Object> body =
                new HashMap<>(Map.of("engine", engine, "transport", "cli_delegate", "auth_method", method));
        if (!provider.isEmpty()) {
            body.put("provider_id", provider);
        }
        return body;
    }

    /** Waits until a session has one of these states. */
    public static JsonNode await(ApiClient api, String session, String... states) {
        return Awaitility.await()
                .until(
                        () -> api.get(SESSIONS + "/" + session).json(),
                        it -> Set.of(states).contains(it.get("status").stringValue())
                                || it.get("terminal").booleanValue());
    }

    /** Gives a session an answer. */
    public static ApiClient.Answer answer(ApiClient api, String session, String value) {
        return api.post(SESSIONS + "/" + session + "/input", Map.of("kind", "text", "value", value));
    }

    /** Ends a session. */
    public static JsonNode cancel(ApiClient api, String session) {
        ApiClient.Answer answer = api.post(SESSIONS + "/" + session + "/cancel", Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("session");
    }

    /** Waits until none of the programs that were started since the last script lives. */
    public void awaitNoProgram() {
        Awaitility.await().until(() -> pids().stream().noneMatch(Processes::alive));
    }

    /** The programs that were started since the last script. */
    public List<Long> pids() throws IOException {
        Path file = agentHome().resolve("pids");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                : List.of();
    }

    /** All that is kept of sessions, in one text. */
    public String kept() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(home.resolve("data/engine_auth_sessions"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
