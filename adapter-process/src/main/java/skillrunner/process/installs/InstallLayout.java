package skillrunner.process.installs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import skillrunner.domain.engine.EngineId;

/**
 * Where things lie below the managed npm prefix.
 *
 * <pre>
 * bin/codex                                link to ../versions/codex/20261125T101500Z-4f1c09ab/bin/codex
 * versions/codex/20261125T101500Z-4f1c09ab/     one version: an npm prefix of its own
 * versions/codex/20261125T101500Z-4f1c09ab/install.properties     written last; without it the version is not whole
 * versions/lock                            held while versions are changed
 * versions/gate                            held for the moment in which a version is chosen or set aside
 * versions/holds/RUN                       says which program a run has chosen
 * </pre>
 */
public final class InstallLayout {
    private final Path prefix;

    /**
     * Takes the prefix.
     *
     * @param prefix the managed npm prefix
     */
    public InstallLayout(Path prefix) {
        this.prefix = prefix.toAbsolutePath().normalize();
    }

    /**
     * Returns where the programs are.
     *
     * @return the folder; it may be absent
     */
    public Path bin() {
        return prefix.resolve("bin");
    }

    /**
     * Follows the link of a program to the version that is current now.
     *
     * @param program a program of the managed prefix
     * @return the same program inside its version, or the program itself if no link leads to a version
     */
    public Path version(Path program) {
        try {
            if (Files.isSymbolicLink(program)) {
                Path target = program.resolveSibling(Files.readSymbolicLink(program))
                        .toAbsolutePath()
                        .normalize();
                if (target.startsWith(versions())) {
                    return target;
                }
            }
        } catch (IOException e) {
            // Whoever removed the link meanwhile put another in its place; the caller's path serves as well.
        }
        return program;
    }

    Path versions() {
        return prefix.resolve("versions");
    }

    Path versions(EngineId engine) {
        return versions().resolve(engine.wire());
    }

    Path lock() {
        return versions().resolve("lock");
    }

    Path gate() {
        return versions().resolve("gate");
    }

    Path holds() {
        return versions().resolve("holds");
    }

    /** Where npm itself keeps packages that were installed into the prefix directly. */
    Path npmPackages() {
        return prefix.resolve("lib/node_modules");
    }
}
