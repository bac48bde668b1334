package skillrunner.process.installs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.InstalledPackage;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.VersionStatement;
import skillrunner.files.SmallFiles;
import skillrunner.process.command.BoundedCommand;

/**
 * How npm is called: with the settings of the operator, whatever lies in the agents' home or in a working directory, and
 * with lifecycle scripts only for a CLI that can't do without its own. Safe for concurrent use.
 */
final class Npm {
    private static final int MOST_MANIFEST_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** From this major version on npm runs no lifecycle scripts unless it is told the packages. */
    private static final int ASKS_FOR_SCRIPTS = 12;

    private final InstallSettings settings;
    private final EngineBinaries binaries;
    private final Map<String, Optional<Integer>> majors = new ConcurrentHashMap<>();

    Npm(InstallSettings settings, EngineBinaries binaries) {
        this.settings = Objects.requireNonNull(settings);
        this.binaries = Objects.requireNonNull(binaries);
    }

    /** Finds npm. */
    Optional<String> program() {
        return binaries.find(List.of("npm"));
    }

    /** Returns the command that installs a CLI into an empty folder. */
    BoundedCommand install(String npm, EngineCli cli, Path folder) {
        // In global mode npm reads no settings of a project, whatever the working directory is.
        List<String> command = new ArrayList<>(List.of(npm, "install", "--global", "--prefix", folder.toString()));
        String spec = settings.packageOf(cli);
        if (!cli.needsInstallScripts()) {
            command.add("--ignore-scripts");
        } else if (major(npm).orElse(0) >= ASKS_FOR_SCRIPTS) {
            command.add("--allow-scripts=" + NpmPackage.name(spec));
        }
        command.add(spec);
        return BoundedCommand.of(command, environment(folder), settings.limit());
    }

    /** Tells what was installed into a folder. */
    Optional<InstalledPackage> installed(String npm, EngineCli cli, Path folder) {
        return NpmPackage.in(folder, NpmPackage.name(settings.packageOf(cli)))
                .map(found -> found.integrity().isPresent() || !isNpmItself(npm)
                        ? found
                        : new InstalledPackage(found.name(), found.version(), integrity(npm, found, folder)));
    }

    /** npm compared the archive with this digest when it unpacked it, but keeps no record of it in global mode. */
    private Optional<String> integrity(String npm, InstalledPackage found, Path folder) {
        BoundedCommand.Outcome outcome = BoundedCommand.of(
                        List.of(npm, "view", "--global", found.name() + "@" + found.version(), "dist.integrity"),
                        environment(folder),
                        PATIENCE)
                .run();
        return outcome.succeeded() ? NpmPackage.integrity(outcome.stdout()) : Optional.empty();
    }

    private Map<String, String> environment(Path folder) {
        Map<String, String> set = new HashMap<>();
        set.put("NPM_CONFIG_PREFIX", folder.toString());
        // Registry and proxy are the operator's settings; what an agent writes into its own home does not count.
        set.put("HOME", settings.userHome().toString());
        Map<String, String> environment = binaries.environment(Set.of("npm_config_*", "NPM_CONFIG_*"), set);
        // npm takes whichever spelling of the prefix comes last, so only ours may be there.
        environment.keySet().removeIf(name -> name.equalsIgnoreCase("npm_config_prefix") && !set.containsKey(name));
        boolean cacheIsNamed = environment.keySet().stream().anyMatch("npm_config_cache"::equalsIgnoreCase);
        if (!cacheIsNamed && !Files.isWritable(settings.userHome())) {
            environment.put(
                    "NPM_CONFIG_CACHE", settings.npmPrefix().resolve("cache").toString());
        }
        return environment;
    }

    /** Asked once for each file that npm was: it takes a part of a second. */
    private Optional<Integer> major(String npm) {
        return majors.computeIfAbsent(identity(npm), unknown -> {
            BoundedCommand.Outcome outcome = BoundedCommand.of(
                            List.of(npm, "--version"), environment(settings.npmPrefix()), PATIENCE)
                    .run();
            return outcome.succeeded()
                    ? VersionStatement.in(outcome.stdout(), outcome.stderr(), Set.of("npm"))
                            .map(VersionStatement::version)
                            .flatMap(CliVersion::major)
                    : Optional.empty();
        });
    }

    private static String identity(String npm) {
        try {
            Path real = Path.of(npm).toRealPath();
            return real + " " + Files.getLastModifiedTime(real);
        } catch (IOException e) {
            return npm;
        }
    }

    /** Anything may call itself npm; what only installs would do so if it were asked a question. */
    private static boolean isNpmItself(String npm) {
        try {
            Path manifest =
                    Path.of(npm).toRealPath().resolveSibling("../package.json").normalize();
            return SmallFiles.readText(manifest, MOST_MANIFEST_BYTES).lines().anyMatch(line -> line.strip()
                    .equals("\"name\": \"npm\","));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
