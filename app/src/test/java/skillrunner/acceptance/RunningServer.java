package skillrunner.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server started by the launcher, in a process of its own. */
public final class RunningServer implements AutoCloseable {
    private static final String READY = "Skill Runner listening on http://";

    private final Process process;
    private final int port;
    private final Path log;

    private RunningServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts a server and waits for its ready line. */
    public static RunningServer start(Path home, Map<String, String> settings) throws IOException {
        return start(home, settings, List.of());
    }

    /** Starts a server through another program, for example one that gives it a small disk. */
    public static RunningServer start(Path home, Map<String, String> settings, List<String> through)
            throws IOException {
        List<String> command = new ArrayList<>(through);
        command.addAll(List.of(Repository.launcher().toString(), "serve"));
        return await(command, home, settings);
    }

    /** Starts a server by a script that needs no arguments. */
    public static RunningServer startBy(Path script, Path home, Map<String, String> settings) throws IOException {
        return await(List.of(script.toString()), home, settings);
    }

    private static RunningServer await(List<String> command, Path home, Map<String, String> settings)
            throws IOException {
        Path log = Files.createTempFile(home, "server", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment(home, settings));
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                int port = Integer.parseInt(
                        line.substring(line.lastIndexOf(':') + 1).strip());
                return new RunningServer(process, port, log);
            }
        }
        throw new IllegalStateException("the server did not start:\n" + Files.readString(log));
    }

    /** The settings of every acceptance test; {@code home} holds all state. */
    public static Map<String, String> environment(Path home, Map<String, String> settings) {
        Map<String, String> environment = new LinkedHashMap<>();
        // What is tested is what this build has laid out, even if somebody edits a source meanwhile.
        environment.put("SKILL_RUNNER_BUILD", "off");
        // A server of a test lives for seconds, too short for the second compiler to pay back what it costs.
        environment.put("SKILL_RUNNER_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        environment.put("HOST", "127.0.0.1");
        environment.put("PORT", "0");
        environment.put("SKILL_RUNNER_DATA_DIR", home.resolve("data").toString());
        environment.put("SKILL_RUNNER_AGENT_CACHE_DIR", home.resolve("cache").toString());
        environment.put("SKILL_RUNNER_CPU_FACTOR", "2");
        environment.put("SKILL_RUNNER_MEM_RESERVE_MB", "0");
        environment.put("SKILL_RUNNER_ESTIMATED_MEM_PER_RUN_MB", "64");
        environment.putAll(settings);
        return environment;
    }

    public ApiClient client() {
        return new ApiClient(port);
    }

    public int port() {
        return port;
    }

    /** Returns the number of the server's process. */
    public long pid() {
        return process.pid();
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Ends the server as a crash would. The launcher hands over to Java, so the process is the server itself. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Waits until the server has ended by itself. @return its exit code */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server goes on");
        }
        return process.exitValue();
    }

    /** Sends the server a signal by its name. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Asks the server to stop. @return its exit code */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the server did not stop");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
