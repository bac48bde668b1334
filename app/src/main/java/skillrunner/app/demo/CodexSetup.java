package skillrunner.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import skillrunner.app.EngineWiring;
import skillrunner.app.settings.Settings;
import skillrunner.application.engine.EngineCli;
import skillrunner.domain.engine.EngineId;
import skillrunner.embedding.engine.EngineParts;
import skillrunner.files.SmallFiles;
import skillrunner.process.command.BoundedCommand;
import skillrunner.process.installs.Installation;

/** Sees to it that there is a codex CLI, and tells whether it can reach a model of its own. */
final class CodexSetup {
    private static final int MOST_CONFIG_BYTES = 4 << 20;
    private static final int SHOWN_CHARACTERS = 600;
    private static final Pattern OWN_PROVIDER = Pattern.compile("(?m)^\\s*model_provider\\s*=");

    private final EngineParts wiring;
    private final EngineCli codex;
    private final Map<String, String> environment;
    private final Path agentHome;

    CodexSetup(Settings settings, Map<String, String> environment) {
        this.wiring = EngineWiring.of(settings.storage(), settings.engines(), environment);
        this.codex = wiring.engines().cli(EngineId.CODEX).orElseThrow();
        this.environment = Map.copyOf(environment);
        this.agentHome = settings.storage().agentHome();
    }

    boolean isInstalled() {
        return wiring.binaries().locate(codex.binaryNames()).effective().isPresent();
    }

    /** A credential file, a key in the environment, or a provider of the user's own. */
    boolean isSignedIn() {
        return codex.signedIn(wiring.home())
                || !environment.getOrDefault("CODEX_API_KEY", "").isBlank()
                || hasOwnProvider();
    }

    void install() throws DemoFailedException {
        if (wiring.binaries().find(List.of("npm")).isEmpty()) {
            throw new DemoFailedException(
                    "the codex CLI is not installed and npm, which would install it, was not found; install Node.js with npm"
                            + " (Debian: apt install nodejs npm), or the codex CLI, and start the demo again");
        }
        AtomicReference<String> said = new AtomicReference<>("");
        Installation installation = wiring.installer().install(codex, npm -> {
            BoundedCommand.Outcome outcome = npm.run();
            said.set(outcome.output());
            return outcome;
        });
        if (!installation.succeeded()) {
            throw new DemoFailedException("npm could not install the codex CLI (is there a network?): "
                    + installation.error().orElse("") + "; " + summary(Objects.requireNonNullElse(said.get(), "")));
        }
    }

    private static String summary(String output) {
        String text = output.strip().replaceAll("\\s+", " ");
        return text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
    }

    private boolean hasOwnProvider() {
        try {
            String config = SmallFiles.readText(agentHome.resolve(".codex/config.toml"), MOST_CONFIG_BYTES);
            return OWN_PROVIDER.matcher(config).find();
        } catch (IOException e) {
            return false;
        }
    }
}
