package skillrunner.process.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import skillrunner.application.run.process.AgentProcesses.LaunchOrder;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.process.AttemptProcess;
import skillrunner.domain.run.AgentProcess;
import skillrunner.process.table.ProcessIdentity;
import skillrunner.process.table.ProcessTable;

/** An attempt in a folder of its own, with a shell script in the place of a CLI. */
record TestAttempt(Path folder, AttemptFiles files, String marker) {
    static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin");

    static TestAttempt in(Path folder) {
        return in(folder, "attempt-" + UUID.randomUUID());
    }

    static TestAttempt in(Path folder, String marker) {
        AttemptFiles files = new AttemptFiles(
                folder.toString(),
                folder.toString(),
                folder.resolve("prompt.1.txt").toString(),
                folder.resolve("stdout.1.log").toString(),
                folder.resolve("stderr.1.log").toString(),
                folder.resolve("process.1.json").toString(),
                folder.resolve("exit.1.json").toString(),
                folder.resolve(".tmp").toString());
        try {
            Files.createDirectories(folder);
            if (!Files.exists(Path.of(files.stdin()))) {
                Files.createFile(Path.of(files.stdin()));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new TestAttempt(folder, files, marker);
    }

    LaunchOrder script(String script, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-c", script, "cli"));
        all.addAll(List.of(arguments));
        return program("/bin/sh", all, ENVIRONMENT);
    }

    LaunchOrder program(String program, List<String> arguments, Map<String, String> environment) {
        return new LaunchOrder(program, arguments, environment, files, true, marker, 0);
    }

    void prompt(byte[] bytes) throws IOException {
        Files.write(Path.of(files.stdin()), bytes);
    }

    byte[] stdoutBytes() throws IOException {
        return Files.readAllBytes(Path.of(files.stdout()));
    }

    String stdout() throws IOException {
        return new String(stdoutBytes(), StandardCharsets.UTF_8);
    }

    String stderr() throws IOException {
        return Files.readString(Path.of(files.stderr()));
    }

    boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    void make(String name) throws IOException {
        Files.createFile(folder.resolve(name));
    }

    /** As a server sees it that has lost its database. */
    AttemptProcess process() {
        return new AttemptProcess(files, marker, Optional.empty());
    }

    /** As a server sees it that remembers who the process is. */
    AttemptProcess process(AgentProcess known) {
        return new AttemptProcess(files, marker, Optional.of(known));
    }

    ProcessIdentity shim() {
        return ProcessRecords.process(files).orElseThrow();
    }

    /** An argument for {@code sleep} that no other test uses. */
    String tag() {
        return "1000." + Integer.toUnsignedString(marker.hashCode());
    }

    /** Who sleeps for that long, wherever it stands and whatever it shed. */
    List<ProcessIdentity> tagged() {
        ProcessTable table = ProcessTable.ofThisMachine();
        return table.all().stream()
                .map(ProcessTable.Entry::identity)
                .filter(identity -> table.arguments(identity.pid()).equals(List.of("sleep", tag())))
                .toList();
    }

    /** Who carries the attempt's marker, the shim included. */
    List<Long> carriers() {
        ProcessTable table = ProcessTable.ofThisMachine();
        return table.all().stream()
                .map(entry -> entry.identity().pid())
                .filter(pid -> table.carries(pid, MarkedProcesses.VARIABLE + "=" + marker))
                .toList();
    }
}
