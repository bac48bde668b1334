package skillrunner.app.skills;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.domain.skill.PackageFinding;

/** {@code skills lint}. */
@Command(
        name = "lint",
        description =
                "Check a package as its installation would. Exit code 0: fine (perhaps with warnings), 1: it would be refused,"
                        + " 2: bad usage.",
        mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
    private static final int FOUND = 1;

    private final Supplier<PackageLint> lint;
    private final Path here;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "PATH", description = "The folder of a skill, or a zip.")
    private Path path = Path.of("");

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean asJson;

    LintCommand(Supplier<PackageLint> lint, Path here, PrintStream out, PrintStream err) {
        this.lint = lint;
        this.here = here;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        Path target = here.resolve(path);
        if (!Files.exists(target)) {
            return SkillsCommand.usage("there is no " + path, err);
        }
        PackageLint.Checked checked = lint.get().check(target);
        if (asJson) {
            out.print(lint.get().json().pretty(document(checked)));
        } else {
            print(checked.findings(), out);
            if (checked.fine()) {
                out.println("ok");
            }
        }
        return checked.fine() ? 0 : FOUND;
    }

    static void print(List<PackageFinding> findings, PrintStream out) {
        for (PackageFinding finding : findings) {
            out.println((finding.refusesPackage() ? "" : "warning: ") + finding.text());
            out.println("    " + finding.remedy());
        }
    }

    /** What was found, for programs. */
    static Map<String, @Nullable Object> document(PackageLint.Checked checked) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("ok", checked.fine());
        document.put(
                "findings",
                checked.findings().stream().map(LintCommand::members).toList());
        return document;
    }

    private static Map<String, Object> members(PackageFinding finding) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("severity", finding.refusesPackage() ? "error" : "warning");
        members.put("file", finding.file());
        members.put("line", finding.line());
        members.put("column", finding.column());
        members.put("place", finding.place());
        members.put("message", finding.message());
        members.put("remedy", finding.remedy());
        return members;
    }
}
