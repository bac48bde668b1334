package skillrunner.app.skills;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.JsonText;
import skillrunner.workspace.skill.PackageInspection;

/** The zip that a command makes of a skill. It is put where it is wanted once it is whole, and says what is wrong with the skill or where it is. */
final class PackageFile {
    private static final int FOUND = 1;

    private final Path here;
    private final Making making;
    private final Optional<Path> wanted;

    /**
     * Begins one.
     *
     * @param here what relative paths start from
     * @param making makes it
     * @param wanted the zip; one named after the skill and its version without it
     */
    PackageFile(Path here, Making making, Optional<Path> wanted) {
        this.here = Objects.requireNonNull(here);
        this.making = Objects.requireNonNull(making);
        this.wanted = Objects.requireNonNull(wanted);
    }

    /** Makes a zip. */
    interface Making {
        /** Writes it into a file, unless something is wrong with the skill. */
        PackageLint.Checked into(Path file) throws IOException;
    }

    /** What was found, and where the zip is, unless the skill was refused. */
    private record Written(PackageLint.Checked checked, Optional<Path> archive) {
        int code() {
            return archive.isPresent() ? 0 : FOUND;
        }
    }

    /** Writes it and tells people; returns the exit code. */
    int write(PrintStream out, PrintStream err) throws IOException {
        Written written = written();
        LintCommand.print(written.checked().findings(), err);
        written.archive().ifPresent(out::println);
        return written.code();
    }

    /** Writes it and tells a program; returns the exit code. */
    int writeTellingJson(JsonText json, PrintStream out) throws IOException {
        Written written = written();
        PackageInspection.Inspected inspected = written.checked().inspected();
        Map<String, @Nullable Object> document = LintCommand.document(written.checked());
        document.put("archive", written.archive().map(Path::toString).orElse(null));
        document.put("skill_id", inspected.skill().map(Object::toString).orElse(null));
        document.put(
                "version", inspected.version().map(version -> version.text()).orElse(null));
        out.print(json.pretty(document));
        return written.code();
    }

    private Written written() throws IOException {
        Path temporary = Files.createTempFile("skill", ".zip");
        try {
            PackageLint.Checked checked = making.into(temporary);
            if (!checked.fine()) {
                return new Written(checked, Optional.empty());
            }
            Path archive = here.resolve(wanted.orElseGet(() -> Path.of(name(checked.inspected()))))
                    .toAbsolutePath()
                    .normalize();
            Files.copy(temporary, archive, StandardCopyOption.REPLACE_EXISTING);
            return new Written(checked, Optional.of(archive));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String name(PackageInspection.Inspected inspected) {
        return inspected.skill().map(Object::toString).orElse("skill")
                + inspected.version().map(version -> "-" + version.text()).orElse("") + ".zip";
    }
}
