package skillrunner.testkit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import skillrunner.domain.engine.EngineId;

/**
 * Installs a POSIX shell script in place of an agent CLI. It answers {@code --version}, reads its prompt from stdin (and
 * from its last argument), and follows the prompt's directives in order. A directive begins with {@code @cli} anywhere in
 * a line and lasts to the line's end:
 *
 * <ul>
 *   <li>{@code say TEXT}, {@code answer JSON}: a message of the agent; the last one is its answer
 *   <li>{@code artifact NAME TEXT}: writes {@code artifacts/NAME} in the working directory
 *   <li>{@code sh COMMAND}: lets a shell do something in the working directory; what it prints goes to stderr
 *   <li>{@code lines N BYTES}: N numbered lines of tool output on stdout, each of so many bytes (more if the format
 *       needs more)
 *   <li>{@code raw TEXT}: a line on stdout, as it is
 *   <li>{@code stderr TEXT}: a line on stderr
 *   <li>{@code wait FILE}: goes on once the file exists
 *   <li>{@code pause MILLIS}: goes on after this time
 *   <li>{@code spawn NAME}: starts a process in a session of its own that lives on; its id is in {@code NAME.pid}
 *   <li>{@code silent}, as the first one: nothing of all this goes to stdout
 *   <li>{@code ignore-signals}: from now on ignores HUP, INT and TERM, and so does what it starts
 *   <li>{@code garbage}: bytes that are no text and lines that are no JSON
 *   <li>{@code close}: the closing event, now; {@code no-closing}: none at the end
 *   <li>{@code fail MESSAGE}: the engine's own failure event, and the end with exit code 1
 *   <li>{@code exit N}: the end, at once
 *   <li>{@code hang}: never ends
 * </ul>
 *
 * <p>opencode tells a session ({@code export}) by the file of its name, {@code SESSION.json}, in its home; {@code $session} names
 * it for {@code sh}.
 *
 * <p>At the end of the directives it answers <code>{"status":"ok"}</code> if it said nothing, closes its turn if it has
 * not yet, and exits with 0. Texts must not hold control characters.
 */
public final class ScriptedCli {
    private ScriptedCli() {}

    /**
     * Writes the script under the engine's name.
     *
     * @param binDirectory a folder; created if absent
     * @param engine one of the built-in engines
     * @return the executable
     * @throws IllegalArgumentException if there is no script for the engine
     * @throws UncheckedIOException if it can't be written
     */
    public static Path install(Path binDirectory, EngineId engine) {
        String script = "#!/bin/sh\n" + resource(engine.wire()) + resource("directives.sh");
        try {
            Path program =
                    Files.writeString(Files.createDirectories(binDirectory).resolve(engine.wire()), script);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = ScriptedCli.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no script for '" + name + "'");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
