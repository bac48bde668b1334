package skillrunner.app.agents;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.app.ProductRemedies;
import skillrunner.application.engine.CliLocation;
import skillrunner.application.engine.CliSource;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.InstalledPackage;
import skillrunner.application.engine.InstalledVersion;
import skillrunner.application.engine.VersionSupport;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.VersionStatement;
import skillrunner.embedding.engine.EngineParts;
import skillrunner.process.command.BoundedCommand;
import skillrunner.process.installs.SideBySideVersions;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which CLI of an engine is there, what it says of its version, and which package it was installed from.
 *
 * @param cli the engine's CLI
 * @param location where it is
 * @param said the first line it answers {@code --version} with; empty if it does not answer
 * @param version the version in its answer
 * @param unsupported the major versions that can be driven, if the version is none of them
 * @param from the package, as far as its installation recorded it
 */
record AgentStatus(
        EngineCli cli,
        CliLocation location,
        String said,
        Optional<CliVersion> version,
        Optional<String> unsupported,
        Optional<InstalledPackage> from) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Asks all CLIs. */
    static List<AgentStatus> all(EngineParts wiring) {
        return wiring.engines().clis().stream().map(cli -> of(wiring, cli)).toList();
    }

    private static AgentStatus of(EngineParts wiring, EngineCli cli) {
        CliLocation location = wiring.binaries().locate(cli.binaryNames());
        Optional<BoundedCommand.Outcome> answer = location.effective()
                .map(program -> BoundedCommand.of(
                                List.of(program, "--version"),
                                wiring.binaries().environment(Set.of(), Map.of()),
                                PATIENCE)
                        .run())
                .filter(BoundedCommand.Outcome::succeeded);
        Optional<VersionStatement> statement =
                answer.flatMap(outcome -> VersionStatement.in(outcome.stdout(), outcome.stderr(), cli.ownNames()));
        VersionSupport support = new VersionSupport(wiring.engines(), new ProductRemedies());
        return new AgentStatus(
                cli,
                location,
                answer.map(AgentStatus::firstLine).orElse(""),
                statement.map(VersionStatement::version),
                statement
                        .filter(VersionStatement::evident)
                        .map(VersionStatement::version)
                        .filter(told -> support.objection(cli.engine(), told).isPresent())
                        .map(told -> wiring.engines().knownMajors(cli.engine()).toString()),
                location.source() == CliSource.MANAGED ? recorded(wiring, cli) : Optional.empty());
    }

    private static String firstLine(BoundedCommand.Outcome answer) {
        String said = answer.stdout().isBlank() ? answer.stderr() : answer.stdout();
        return said.strip().lines().findFirst().orElse("").strip();
    }

    private static Optional<InstalledPackage> recorded(EngineParts wiring, EngineCli cli) {
        return new SideBySideVersions(wiring.engines(), wiring.installer())
                .list(cli.engine()).stream()
                        .filter(InstalledVersion::current)
                        .findFirst()
                        .flatMap(InstalledVersion::from);
    }

    /** The status file. */
    static String text(List<AgentStatus> all) {
        Map<String, Object> engines = new LinkedHashMap<>();
        all.forEach(status -> engines.put(status.cli.engine().wire(), status.members()));
        return JSON.writeValueAsString(engines) + "\n";
    }

    private Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("present", location.effective().isPresent());
        members.put("version", said);
        members.put("cli_version", version.map(CliVersion::text).orElse(null));
        members.put(
                "cli_version_supported",
                version.map(told -> unsupported.isEmpty()).orElse(null));
        members.put("package_name", from.map(InstalledPackage::name).orElse(null));
        members.put("package_version", from.map(InstalledPackage::version).orElse(null));
        members.put("integrity", from.flatMap(InstalledPackage::integrity).orElse(null));
        return members;
    }

    /** A line for people. */
    String note() {
        if (location.effective().isEmpty()) {
            return cli.engine() + ": no CLI found";
        }
        return cli.engine() + ": "
                + version.map(told -> "version " + told).orElse("tells no version") + ", "
                + location.source().wire()
                + unsupported
                        .map(known -> ", refused for jobs: the major versions that can be driven are " + known)
                        .orElse("")
                + from.map(origin -> ", from " + origin.name() + "@" + origin.version()
                                + origin.integrity().map(digest -> " " + digest).orElse(""))
                        .orElse("");
    }
}
