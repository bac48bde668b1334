package skillrunner.app.skills;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skills pack}. */
@Command(
        name = "pack",
        description = "Check a skill's folder and make the zip that can be installed.",
        mixinStandardHelpOptions = true)
final class PackCommand implements Callable<Integer> {
    private final Supplier<PackageLint> lint;
    private final Path here;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "DIR", description = "The folder of a skill.")
    private Path folder = Path.of("");

    @Option(
            names = {"--output", "--out"},
            paramLabel = "FILE",
            description = "The zip; <id>-<version>.zip without it.")
    @Nullable
    private Path output;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean asJson;

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
            return SkillsCommand.usage("there is no folder " + folder, err);
        }
        PackageFile file =
                new PackageFile(here, archive -> lint.get().pack(source, archive), Optional.ofNullable(output));
        return asJson ? file.writeTellingJson(lint.get().json(), out) : file.write(out, err);
    }
}
