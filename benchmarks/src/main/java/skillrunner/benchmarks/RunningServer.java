package skillrunner.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The launcher's {@code serve}, started as a user would, in a process of its own. */
final class RunningServer implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on http://\\S*:(\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern HEAP =
            Pattern.compile("(?m)^jvm_memory_committed_bytes\\{[^}]*area=\"heap\"[^}]*} (\\S+)$");
    private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\":\"([^\"]+)\"");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([^\"]+)\"");
    private static final double KIB_PER_MIB = 1024;

    /** Behind the name, after which the numbers begin with the state; that of the system follows. */
    private static final int USER_TICKS = 11;

    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final int port;
    private final double startMillis;

    private RunningServer(Process process, int port, double startMillis) {
        this.process = process;
        this.port = port;
        this.startMillis = startMillis;
    }

    /** Returns after the first request was answered with 200. */
    static RunningServer start(Installation installation, Path data) throws IOException {
        return start(installation, data, Map.of());
    }

    /** Starts it with settings beside the usual ones, over which they win. */
    static RunningServer start(Installation installation, Path data, Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        installation.distribution().resolve("bin/skill-runner").toString(), "serve")
                .redirectError(data.resolveSibling(data.getFileName() + ".log").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("SKILL_RUNNER_") && !name.equals("SKILL_RUNNER_JAVA"));
        environment.putAll(Map.of(
                "HOST", "127.0.0.1",
                "PORT", "0",
                "LOG_LEVEL", "WARN",
                "SKILL_RUNNER_DATA_DIR", data.toString(),
                "SKILL_RUNNER_AGENT_CACHE_DIR", installation.agentCache().toString()));
        environment.putAll(settings);
        long begin = System.nanoTime();
        Process process = builder.start();
        int port = port(process);
        Http.get(port, "/healthz");
        return new RunningServer(process, port, (System.nanoTime() - begin) / 1e6);
    }

    int port() {
        return port;
    }

    /** Returns how long it took from the start of the launcher to the first 200. */
    double startMillis() {
        return startMillis;
    }

    /** Returns the memory of the Java process, into which the launcher has turned itself. */
    double residentMib() throws IOException {
        Matcher matcher = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        if (!matcher.find()) {
            throw new IllegalStateException("the process does not tell its memory");
        }
        return Long.parseLong(matcher.group(1)) / KIB_PER_MIB;
    }

    /** Returns the processor time that the Java process has taken. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / TICKS_PER_SECOND;
    }

    /** Returns how many threads the Java process has. */
    int threads() {
        return entries("task");
    }

    /** Returns how many files, sockets and pipes the Java process has open. */
    int descriptors() {
        return entries("fd");
    }

    private int entries(String folder) {
        String[] names = Path.of("/proc/" + process.pid(), folder).toFile().list();
        if (names == null) {
            throw new IllegalStateException("the process does not tell its " + folder);
        }
        return names.length;
    }

    /** Returns the sum of a metric over all its labels. */
    double metric(String name) throws IOException {
        double sum = 0;
        Matcher matcher =
                Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$").matcher(Http.get(port, "/metrics"));
        while (matcher.find()) {
            sum += Double.parseDouble(matcher.group(1));
        }
        return sum;
    }

    /** Creates a run. @return its request id */
    String run(String order) throws IOException {
        String answer = Http.ask(
                port,
                "POST",
                "/v1/jobs",
                "{\"skill_id\":\"benchmark\",\"engine\":\"codex\",\"parameter\":{\"order\":\"" + order
                        + "\"},\"runtime_options\":{\"no_cache\":true}}");
        return found(REQUEST_ID, answer);
    }

    /** Uploads a skill package and waits for the end of its installation. @return how it ended */
    String install(byte[] archive) throws IOException, InterruptedException {
        String id = found(REQUEST_ID, Http.upload(port, "/v1/skill-packages/install", archive));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            String status = found(STATUS, Http.get(port, "/v1/skill-packages/" + id));
            if (!status.equals("queued") && !status.equals("running")) {
                return status;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("an installation did not end");
            }
            Thread.sleep(5);
        }
    }

    /** Returns how much heap the Java process holds, used or not. */
    double heapMib() throws IOException {
        double bytes = 0;
        Matcher matcher = HEAP.matcher(Http.get(port, "/metrics"));
        while (matcher.find()) {
            bytes += Double.parseDouble(matcher.group(1));
        }
        return bytes / KIB_PER_MIB / KIB_PER_MIB;
    }

    /** Returns the status document of a run. @throws IllegalStateException if the server has ended; says how */
    String document(String request) throws IOException {
        try {
            return Http.get(port, "/v1/jobs/" + request);
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            throw new IllegalStateException("the server has ended with " + process.exitValue(), e);
        }
    }

    /** Waits for a status. @throws IllegalStateException if the run ends otherwise or too late */
    void await(String request, String status, int seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            String answer = document(request);
            String now = found(STATUS, answer);
            if (now.equals(status)) {
                return;
            }
            if ((!now.equals("queued") && !now.equals("running")) || System.nanoTime() > deadline) {
                throw new IllegalStateException("the run is not " + status + ": " + answer);
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int port(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new IllegalStateException("the server did not start");
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("unexpected answer: " + text);
        }
        return matcher.group(1);
    }
}
