package skillrunner.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An example client started by the launcher, in a process of its own. */
public final class RunningExampleClient implements AutoCloseable {
    private static final String READY = "Skill Runner example client listening on http://";

    private final Process process;
    private final int port;
    private final Path recordings;

    private RunningExampleClient(Process process, int port, Path recordings) {
        this.process = process;
        this.port = port;
        this.recordings = recordings;
    }

    /** Starts a client of a server and waits for its ready line. */
    public static RunningExampleClient start(Path home, int server) throws IOException {
        int port = freePort();
        Path log = Files.createTempFile(home, "client", ".log");
        ProcessBuilder builder = new ProcessBuilder(Repository.launcher().toString(), "e2e-client");
        builder.redirectError(log.toFile());
        builder.environment().putAll(environment(home, server, port));
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new RunningExampleClient(process, port, home.resolve("recordings"));
            }
        }
        throw new IllegalStateException("the example client did not start:\n" + Files.readString(log));
    }

    /** The settings of a client. */
    static Map<String, String> environment(Path home, int server, int port) {
        Map<String, String> environment = new LinkedHashMap<>(RunningServer.environment(home, Map.of()));
        environment.put("SKILL_RUNNER_E2E_CLIENT_PORT", Integer.toString(port));
        environment.put("SKILL_RUNNER_E2E_CLIENT_BACKEND_BASE_URL", "http://127.0.0.1:" + server + "/");
        environment.put(
                "SKILL_RUNNER_E2E_CLIENT_RECORDINGS_DIR",
                home.resolve("recordings").toString());
        return environment;
    }

    /** Zero counts as no port, so one is looked for that is free now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    public Path recordings() {
        return recordings;
    }

    /** Asks the client to stop. @return its exit code */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the example client did not stop");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
