package skillrunner.manifest;

import java.nio.file.Path;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;

/** Where the files of an engine are. */
record EngineFolder(EngineId engine, Path path) {
    static final String MANIFEST = "manifest.json";

    static EngineFolder of(Path directory, EngineId engine) {
        return new EngineFolder(engine, directory.resolve(engine.wire()));
    }

    Path manifest() {
        return path.resolve(MANIFEST);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    static String snapshotName(CliVersion version) {
        return "models_" + version.text() + ".json";
    }
}
