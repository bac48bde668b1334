package skillrunner.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedNpm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A home with a search path of its own: a scripted npm, the machine's other tools, and no agent CLI but those a test puts
 * there, whatever the machine has.
 */
final class EngineHome {
    private static final List<String> TOOLS = List.of(
            ("awk basename bash cat chmod cksum cp cut date dirname env find grep head id kill ln ls mkdir mktemp mv nice"
                            + " readlink rm rmdir sed setsid sh sleep sort stty tail touch tr true uname wc yes")
                    .split(" "));

    private final Path root;
    private final Path tools;
    private final Path programs;
    private final ScriptedNpm npm;

    EngineHome(Path root) throws IOException {
        this.root = root;
        this.tools = tools();
        this.programs = Files.createDirectories(root.resolve("programs"));
        this.npm = ScriptedNpm.install(programs);
    }

    Path root() {
        return root;
    }

    ScriptedNpm npm() {
        return npm;
    }

    /** Folder of the search path that belongs to the test; npm lies there. */
    Path programs() {
        return programs;
    }

    Path data() {
        return root.resolve("data");
    }

    Path npmPrefix() {
        return root.resolve("cache/npm");
    }

    Path agentHome() {
        return root.resolve("cache/agent-home");
    }

    Path models(EngineId engine) {
        return data().resolve("engine_models").resolve(engine.wire());
    }

    RunningServer start() throws IOException {
        return start(Map.of());
    }

    RunningServer start(Map<String, String> settings) throws IOException {
        return RunningServer.start(root, environment(settings));
    }

    /** Runs {@code scripts/agent_manager.sh}. */
    Command.Ended agentManager(Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        return Command.run(agentManagerScript(), environment(settings), arguments);
    }

    static Path agentManagerScript() {
        return Repository.root().resolve("scripts/agent_manager.sh");
    }

    Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> own = new HashMap<>();
        own.put("PATH", programs + ":" + tools);
        own.put("SKILL_RUNNER_JAVA", System.getProperty("java.home"));
        own.putAll(settings);
        return RunningServer.environment(root, own);
    }

    /** Puts a CLI into the managed prefix. */
    Path managed(EngineId engine, String shell) throws IOException {
        return program(npmPrefix().resolve("bin"), engine, shell);
    }

    /** Puts a CLI onto the search path. */
    Path global(EngineId engine, String shell) throws IOException {
        return program(programs, engine, shell);
    }

    /** Puts a file into the CLIs' home. */
    void inAgentHome(String path, String text) throws IOException {
        Path file = agentHome().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Links to the machine's tools, in a folder of the build. */
    private static Path tools() throws IOException {
        Path folder = Files.createDirectories(Repository.root().resolve("app/target/acceptance-tools"));
        for (String tool : TOOLS) {
            Path link = folder.resolve(tool);
            if (!Files.exists(link)) {
                link(link, found(tool));
            }
        }
        return folder;
    }

    private static void link(Path link, Path tool) throws IOException {
        try {
            Files.createSymbolicLink(link, tool);
        } catch (FileAlreadyExistsException e) {
            // Tests of another process make the same links.
            assertThat(link).exists();
        }
    }

    private static Path found(String tool) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the machine has no " + tool));
    }

    private static Path program(Path folder, EngineId engine, String shell) throws IOException {
        Path program = Files.createDirectories(folder).resolve(engine.wire());
        // A new file each time: who is asked anew is known by its file.
        Files.deleteIfExists(program);
        Files.writeString(program, "#!/bin/sh\n" + shell + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }
}
