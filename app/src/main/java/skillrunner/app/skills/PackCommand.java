package skillrunner.app.skills;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.workspace.skill.PackageInspection;

/** {@code skills pack}. */
@Command(
        name = "pack",
        description = "Check a skill's folder and make the zip that can be installed.",
        mixinStandardHelpOptions = true)
final class PackCommand implements Callable<Integer> {
    private static final int FOUND = 1;
    private static final int USAGE = 2;

    private final Supplier<PackageLint> lint;
    private final Path here;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "DIR", description = "The folder of a skill.")
    private Path folder = Path.of("");

    @Option(names = "--output", paramLabel = "FILE", description = "The zip; <id>-<version>.zip without it.")
    @Nullable
    private Path output;

    PackCommand(Supplier<PackageLint> lint, Path here, PrintStream out, PrintStream err) {
        this.lint = lint;
        this.here = here;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        Path source = here.resolve(folder).toAbsolutePath().normalize();
        if (!Files.isDirectory(source)) {
            err.println("there is no folder " + folder);
            return USAGE;
        }
        Path temporary = Files.createTempFile("skill", ".zip");
        try {
            PackageLint.Checked checked = lint.get().pack(source, temporary);
            LintCommand.print(checked.findings(), err);
            if (!checked.fine()) {
                return FOUND;
            }
            Path archive = here.resolve(output == null ? Path.of(name(checked.inspected())) : output)
                    .toAbsolutePath()
                    .normalize();
            Files.copy(temporary, archive, StandardCopyOption.REPLACE_EXISTING);
            out.println(archive);
            return 0;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    static String name(PackageInspection.Inspected inspected) {
        return inspected.skill().map(Object::toString).orElse("skill")
                + inspected.version().map(version -> "-" + version.text()).orElse("") + ".zip";
    }
}
