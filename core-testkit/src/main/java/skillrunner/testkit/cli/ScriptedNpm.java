package skillrunner.testkit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import skillrunner.domain.engine.EngineId;

/**
 * A POSIX shell script in place of npm. {@code npm install --global --prefix DIR PACKAGE} puts a program under DIR that
 * answers {@code --version}, as npm does it: a link in {@code bin} to a file in {@code lib/node_modules}. Every call is
 * logged. What it does before that can be scripted for each engine. For one thread.
 */
public final class ScriptedNpm {
    private final Path control;

    private ScriptedNpm(Path control) {
        this.control = control;
    }

    /**
     * Writes the script.
     *
     * @param binDirectory a folder for the search path; created if absent
     * @return its controls
     */
    public static ScriptedNpm install(Path binDirectory) {
        try {
            Path control = Files.createDirectories(binDirectory.resolve("npm-control"));
            String script = resource("npm").replace("@CONTROL@", control.toString());
            Path program = Files.writeString(binDirectory.resolve("npm"), script);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new ScriptedNpm(control);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sets what npm says of its own version from now on.
     *
     * @param version the version
     */
    public void isOf(String version) {
        write("npm-version", version + "\n");
    }

    /**
     * Sets the version that is installed from now on.
     *
     * @param engine the engine
     * @param version what its program will say of itself
     */
    public void publishes(EngineId engine, String version) {
        write(engine + ".version", version);
    }

    /**
     * Sets what happens from now on before a program is put in place.
     *
     * @param engine the engine
     * @param shell shell code; {@code $prefix} is the target folder; {@code exit} ends npm
     */
    public void first(EngineId engine, String shell) {
        write(engine + ".sh", shell + "\n");
    }

    /**
     * Sets the text of the program that is put in place from now on.
     *
     * @param engine the engine
     * @param shell shell code
     */
    public void installs(EngineId engine, String shell) {
        write(engine + ".program", "#!/bin/sh\n" + shell + "\n");
    }

    /**
     * Returns what was logged.
     *
     * @return a line {@code start ENGINE} and a line {@code end ENGINE} for each call, in order
     */
    public List<String> calls() {
        Path log = control.resolve("calls");
        try {
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the last call's arguments and environment.
     *
     * @return the arguments one a line, an empty line, then the environment
     */
    public String lastCall() {
        try {
            return Files.readString(control.resolve("last-call"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the folder of the script's controls, for files that scripts and tests share.
     *
     * @return the folder
     */
    public Path control() {
        return control;
    }

    private void write(String name, String text) {
        try {
            Path temporary = Files.writeString(control.resolve("." + name), text);
            Files.move(temporary, control.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) throws IOException {
        return new String(
                Objects.requireNonNull(ScriptedNpm.class.getResourceAsStream(name))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
    }
}
