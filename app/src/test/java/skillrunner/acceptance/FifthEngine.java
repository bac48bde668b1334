package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import skillrunner.domain.engine.EngineId;

/** The engine in the test tree of the engines' module, beside a distribution that was built without it. */
final class FifthEngine {
    static final EngineId ID = new EngineId("testengine");

    private FifthEngine() {}

    /** Writes a script in the place of its CLI. */
    static void install(Path home, String script) throws IOException {
        program(home.resolve("cache/npm/bin/testengine"), script);
    }

    /** Writes a program that starts the server with it. */
    static Path launcher(Path home) throws IOException {
        return program(
                home.resolve("serve"),
                """
                #!/bin/sh
                exec '%s/bin/java' -Dskillrunner.home='%s' -cp '%s:%s' skillrunner.app.Main serve
                """
                        .formatted(
                                System.getProperty("java.home"),
                                Repository.root(),
                                Repository.root().resolve("app/target/dist/skill-runner.jar"),
                                Repository.root().resolve("adapter-engines/target/test-classes")));
    }

    private static Path program(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.setPosixFilePermissions(
                Files.writeString(file, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
