package skillrunner.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import skillrunner.app.cli.EngineCli;
import skillrunner.app.settings.StorageSettings;
import skillrunner.process.binaries.InstalledBinaries;
import skillrunner.process.command.BoundedCommand;

/** Sees to it that there is a codex CLI, and tells whether it can reach a model of its own. */
final class CodexSetup {
    private static final Duration INSTALLATION = Duration.ofMinutes(10);
    private static final int SHOWN_CHARACTERS = 600;
    private static final Pattern OWN_PROVIDER = Pattern.compile("(?m)^\\s*model_provider\\s*=");

    private final StorageSettings storage;
    private final Map<String, String> environment;
    private final InstalledBinaries binaries;
    private final Path userHome;

    CodexSetup(StorageSettings storage, Map<String, String> environment, Path userHome) {
        this.storage = storage;
        this.environment = Map.copyOf(environment);
        this.binaries = new InstalledBinaries(storage.npmPrefix(), storage.agentHome(), environment);
        this.userHome = userHome;
    }

    boolean isInstalled() {
        return EngineCli.codex().find(binaries).isPresent();
    }

    /** A credential file, a key in the environment, or a provider of the user's own. */
    boolean isSignedIn() {
        return EngineCli.codex().signedIn(storage.agentHome())
                || !environment.getOrDefault("CODEX_API_KEY", "").isBlank()
                || hasOwnProvider();
    }

    void install() throws DemoFailedException {
        Optional<String> npm = binaries.find(List.of("npm"));
        if (npm.isEmpty()) {
            throw new DemoFailedException(
                    "the codex CLI is not installed and npm, which would install it, was not found; install Node.js with npm"
                            + " (Debian: apt install nodejs npm), or the codex CLI, and start the demo again");
        }
        // npm reads the user's own settings, for example of a registry or a proxy, and not those of the agents' home.
        Map<String, String> child =
                binaries.environment(Set.of("npm_config_*", "NPM_CONFIG_*"), Map.of("HOME", userHome.toString()));
        BoundedCommand.Outcome outcome =
                BoundedCommand.run(EngineCli.codex().install(storage.npmPrefix()), child, INSTALLATION);
        if (!outcome.succeeded() || !isInstalled()) {
            throw new DemoFailedException(
                    "npm could not install the codex CLI (is there a network?): " + summary(outcome));
        }
    }

    private static String summary(BoundedCommand.Outcome outcome) {
        String text = outcome.output().strip().replaceAll("\\s+", " ");
        String reason = outcome.end() == BoundedCommand.End.TIMED_OUT ? "it took longer than 10 minutes; " : "";
        return reason + (text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text);
    }

    private boolean hasOwnProvider() {
        try {
            String config = Files.readString(storage.agentHome().resolve(".codex/config.toml"));
            return OWN_PROVIDER.matcher(config).find();
        } catch (IOException e) {
            return false;
        }
    }
}
