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

/** {@code skills adopt}. */
@Command(
        name = "adopt",
        description =
                "Make a package of a plain skill (a folder with SKILL.md, or a zip of it); nothing of the skill is changed.",
        mixinStandardHelpOptions = true)
final class AdoptCommand implements Callable<Integer> {
    private final Supplier<PackageLint> lint;
    private final Path here;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "PATH", description = "The folder of the skill, or a zip.")
    private Path path = Path.of("");

    @Option(
            names = {"--output", "--out"},
            paramLabel = "FILE",
            description = "The zip; <id>-<version>.zip without it.")
    @Nullable
    private Path output;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean asJson;

    AdoptCommand(Supplier<PackageLint> lint, Path here, PrintStream out, PrintStream err) {
        this.lint = lint;
        this.here = here;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        Path source = here.resolve(path).toAbsolutePath().normalize();
        if (!Files.exists(source)) {
            return SkillsCommand.usage("there is no " + path, err);
        }
        PackageFile file =
                new PackageFile(here, archive -> lint.get().adopt(source, archive), Optional.ofNullable(output));
        return asJson ? file.writeTellingJson(lint.get().json(), out) : file.write(out, err);
    }
}
