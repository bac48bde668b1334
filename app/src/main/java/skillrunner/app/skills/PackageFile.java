package skillrunner.app.skills;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import skillrunner.workspace.skill.PackageInspection;

/** Writes the zip that a command makes of a skill. Says what is wrong with the skill, or where the zip is. */
final class PackageFile {
    private static final int FOUND = 1;

    private final Path here;
    private final PrintStream out;
    private final PrintStream err;

    PackageFile(Path here, PrintStream out, PrintStream err) {
        this.here = here;
        this.out = out;
        this.err = err;
    }

    /** Makes a zip. */
    interface Making {
        /** Writes it into a file, unless something is wrong with the skill. */
        PackageLint.Checked into(Path file) throws IOException;
    }

    /**
     * Has a zip made, and puts it where it is wanted once it is whole.
     *
     * @param making makes it
     * @param wanted the zip; one named after the skill and its version without it
     * @return the exit code
     */
    int write(Making making, Optional<Path> wanted) throws IOException {
        Path temporary = Files.createTempFile("skill", ".zip");
        try {
            PackageLint.Checked checked = making.into(temporary);
            LintCommand.print(checked.findings(), err);
            if (!checked.fine()) {
                return FOUND;
            }
            Path archive = here.resolve(wanted.orElseGet(() -> Path.of(name(checked.inspected()))))
                    .toAbsolutePath()
                    .normalize();
            Files.copy(temporary, archive, StandardCopyOption.REPLACE_EXISTING);
            out.println(archive);
            return 0;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String name(PackageInspection.Inspected inspected) {
        return inspected.skill().map(Object::toString).orElse("skill")
                + inspected.version().map(version -> "-" + version.text()).orElse("") + ".zip";
    }
}
