package skillrunner.app.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.app.ProductRemedies;
import skillrunner.application.engine.CliLocation;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.EngineRemedies;
import skillrunner.application.engine.VersionSupport;
import skillrunner.domain.engine.VersionStatement;
import skillrunner.embedding.engine.EngineParts;
import skillrunner.embedding.settings.StorageSettings;
import skillrunner.process.command.BoundedCommand;

/** Looks for programs and asks them for their versions; none may take long. Safe for concurrent use. */
final class ProgramChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StorageSettings storage;
    private final EngineParts wiring;

    ProgramChecks(StorageSettings storage, EngineParts wiring) {
        this.storage = storage;
        this.wiring = wiring;
    }

    Check npm() {
        return tool("npm", Check.Status.PROBLEM, "apt install nodejs npm", "installs and upgrades the agent CLIs");
    }

    Check git() {
        return tool("git", Check.Status.WARNING, "apt install git", "many agents look at a project's history with it");
    }

    Check ripgrep() {
        return tool("rg", Check.Status.WARNING, "apt install ripgrep", "some engines search and load skills with it");
    }

    /** CLI, version, source, sign-in and sandbox of an engine, each only as far as it can be told without a model call. */
    Check engine(EngineCli cli) {
        String name = "engine " + cli.engine().wire();
        String install = cli.isServedByNpm()
                ? ProductRemedies.installCommand(cli.engine())
                : "put a build of your own into "
                        + storage.npmPrefix()
                                .resolve("bin")
                                .resolve(cli.binaryNames().get(0))
                        + ", or name another package in SKILL_RUNNER_NPM_PACKAGE_"
                        + cli.engine().inVariables();
        CliLocation location = wiring.binaries().locate(cli.binaryNames());
        if (location.effective().isEmpty()) {
            return Check.warning(name, "no CLI found", install);
        }
        String found = location.effective().get();
        String source = location.source().wire();
        BoundedCommand.Outcome outcome = ask(found);
        Optional<VersionStatement> version = version(outcome, cli.ownNames());
        if (version.isEmpty()) {
            return Check.warning(name, source + ", " + found + " " + failure(outcome), install);
        }
        boolean driven = wiring.engines().driver(cli.engine()).isPresent();
        boolean signedIn = cli.signedIn(wiring.home());
        String detail = version.get().version() + ", " + source + ", " + (signedIn ? "signed in" : "not signed in")
                + ", sandbox " + cli.sandbox(signedIn).wire() + (driven ? "" : ", not run by this version");
        EngineRemedies remedies = new ProductRemedies();
        VersionSupport support = new VersionSupport(wiring.engines(), remedies);
        if (version.filter(VersionStatement::evident)
                .flatMap(told -> support.objection(cli.engine(), told.version()))
                .isPresent()) {
            return Check.warning(
                    name,
                    detail + ", refused for jobs: the major versions that can be driven are "
                            + wiring.engines().knownMajors(cli.engine()),
                    remedies.ofUnknownVersion(cli.engine()));
        }
        if (signedIn || !driven) {
            return Check.ok(name, detail);
        }
        return Check.warning(
                name,
                detail,
                ("HOME=" + storage.agentHome() + " " + found + " " + String.join(" ", cli.signInArguments())).strip()
                        + ", or a provider of your own in its settings there");
    }

    boolean canRunSkills(EngineCli cli) {
        return wiring.engines().driver(cli.engine()).isPresent()
                && wiring.binaries().locate(cli.binaryNames()).effective().isPresent();
    }

    private Check tool(String name, Check.Status whenMissing, String remedy, String purpose) {
        Optional<String> program = wiring.binaries().find(List.of(name));
        if (program.isEmpty()) {
            return new Check(name, whenMissing, "not found; " + purpose, remedy);
        }
        BoundedCommand.Outcome outcome = ask(program.get());
        return version(outcome, Set.of(name))
                .map(told -> Check.ok(name, told.version() + ", " + program.get()))
                .orElseGet(() -> new Check(name, whenMissing, program.get() + " " + failure(outcome), remedy));
    }

    private BoundedCommand.Outcome ask(String program) {
        return BoundedCommand.of(
                        List.of(program, "--version"), wiring.binaries().environment(Set.of(), Map.of()), PATIENCE)
                .run();
    }

    private static Optional<VersionStatement> version(BoundedCommand.Outcome outcome, Set<String> names) {
        return outcome.succeeded() ? VersionStatement.in(outcome.stdout(), outcome.stderr(), names) : Optional.empty();
    }

    private static String failure(BoundedCommand.Outcome outcome) {
        return switch (outcome.end()) {
            case TIMED_OUT -> "gave no version within " + PATIENCE.toSeconds() + " s";
            case NOT_STARTED -> "can't be started";
            case WROTE_TOO_MUCH -> "wrote without end";
            case EXITED -> "gave no version (exit code " + outcome.code() + ")";
        };
    }
}
