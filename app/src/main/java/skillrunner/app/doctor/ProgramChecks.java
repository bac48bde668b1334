package skillrunner.app.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.app.cli.EngineCli;
import skillrunner.app.settings.StorageSettings;
import skillrunner.domain.engine.EngineId;
import skillrunner.process.binaries.InstalledBinaries;
import skillrunner.process.command.BoundedCommand;

/** Looks for programs and asks them for their versions; none may take long. Safe for concurrent use. */
final class ProgramChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

    private final StorageSettings storage;
    private final InstalledBinaries binaries;

    ProgramChecks(StorageSettings storage, Map<String, String> environment) {
        this.storage = storage;
        this.binaries = new InstalledBinaries(storage.npmPrefix(), storage.agentHome(), environment);
    }

    Check npm() {
        return tool("npm", Check.Status.PROBLEM, "apt install nodejs npm", "installs and upgrades the agent CLIs");
    }

    Check git() {
        return tool("git", Check.Status.WARNING, "apt install git", "many agents look at a project's history with it");
    }

    Check ripgrep() {
        return tool("rg", Check.Status.WARNING, "apt install ripgrep", "opencode loads skills with it");
    }

    /** CLI, version, source, sign-in and sandbox of an engine, each only as far as it can be told without a model call. */
    Check engine(EngineCli cli, boolean driven) {
        String name = "engine " + cli.engine().wire();
        String install = cli.engine().equals(EngineId.IFLOW)
                // npm no longer serves its package.
                ? "put a build of your own into " + storage.npmPrefix().resolve("bin/iflow")
                : String.join(" ", cli.install(storage.npmPrefix()));
        Optional<Path> program = cli.find(binaries);
        if (program.isEmpty()) {
            return Check.warning(name, "no CLI found", install);
        }
        Path found = program.get();
        String source = found.startsWith(storage.npmPrefix()) ? "managed" : "global";
        BoundedCommand.Outcome outcome = ask(found);
        Optional<String> version = version(outcome);
        if (version.isEmpty()) {
            return Check.warning(name, source + ", " + found + " " + failure(outcome), install);
        }
        boolean signedIn = cli.signedIn(storage.agentHome());
        String detail = version.get() + ", " + source + ", " + (signedIn ? "signed in" : "not signed in") + ", sandbox "
                + sandbox(cli, signedIn) + (driven ? "" : ", not run by this version");
        if (signedIn || !driven) {
            return Check.ok(name, detail);
        }
        return Check.warning(
                name,
                detail,
                ("HOME=" + storage.agentHome() + " " + found + " " + cli.signIn()).strip()
                        + ", or a provider of your own in its settings there");
    }

    boolean isUsable(EngineCli cli) {
        return cli.find(binaries).isPresent();
    }

    private static String sandbox(EngineCli cli, boolean signedIn) {
        return switch (cli.binary()) {
            case "codex", "gemini" -> signedIn ? "available" : "unknown";
            default -> "unsupported";
        };
    }

    private Check tool(String name, Check.Status whenMissing, String remedy, String purpose) {
        Optional<Path> program = binaries.find(List.of(name)).map(Path::of);
        if (program.isEmpty()) {
            return new Check(name, whenMissing, "not found; " + purpose, remedy);
        }
        BoundedCommand.Outcome outcome = ask(program.get());
        return version(outcome)
                .map(version -> Check.ok(name, version + ", " + program.get()))
                .orElseGet(() -> new Check(name, whenMissing, program.get() + " " + failure(outcome), remedy));
    }

    private BoundedCommand.Outcome ask(Path program) {
        return BoundedCommand.run(
                List.of(program.toString(), "--version"), binaries.environment(Set.of(), Map.of()), PATIENCE);
    }

    private static Optional<String> version(BoundedCommand.Outcome outcome) {
        Matcher matcher = VERSION.matcher(outcome.output());
        return outcome.succeeded() && matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static String failure(BoundedCommand.Outcome outcome) {
        return switch (outcome.end()) {
            case TIMED_OUT -> "gave no version within " + PATIENCE.toSeconds() + " s";
            case NOT_STARTED -> "can't be started";
            case EXITED -> "gave no version (exit code " + outcome.code() + ")";
        };
    }
}
