package skillrunner.engines.opencode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.CredentialFile;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.ModelSource;
import skillrunner.application.engine.SignInLife;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;
import skillrunner.domain.model.ModelEntry;
import skillrunner.engines.credentials.CredentialTimes;

/** opencode as it is installed and signed in. */
public final class OpencodeCli implements EngineCli {
    private static final String CREDENTIALS = ".local/share/opencode/auth.json";

    /** A second folder of settings in its home. */
    private static final String FOLDER = ".opencode";

    static final String CONFIG = ".config/opencode/opencode.json";

    /**
     * It waits at each start until npm has the plugins that are not there yet. By npm's own habits that is two minutes and a half where the
     * registry can't be reached; here it is a few seconds.
     */
    private static final Map<String, String> VARIABLES =
            Map.of("npm_config_fetch_retry_mintimeout", "500", "npm_config_fetch_retry_maxtimeout", "2000");

    private static final List<ModelEntry> SEED = List.of(ModelEntry.provided("openai", "gpt-5", "seed_fallback"));

    /** Made by the service loader. */
    public OpencodeCli() {}

    @Override
    public EngineId engine() {
        return EngineId.OPENCODE;
    }

    @Override
    public String npmPackage() {
        return "opencode-ai";
    }

    /** {@inheritDoc} Its own one puts the program for this machine in the place of a stub. */
    @Override
    public boolean needsInstallScripts() {
        return true;
    }

    @Override
    public List<String> binaryNames() {
        return List.of("opencode", "opencode.cmd", "opencode.exe");
    }

    @Override
    public List<String> homeFolders() {
        return List.of(FOLDER, ".config/opencode", ".local/share/opencode", ".local/state/opencode", ".cache/opencode");
    }

    @Override
    public Map<String, String> homeFiles() {
        Map<String, String> files = new HashMap<>(InstalledPlugin.files(FOLDER));
        files.put(
                CONFIG,
                """
                {
                  "$schema": "https://opencode.ai/config.json",
                  "plugin": [
                    "opencode-antigravity-auth"
                  ]
                }
                """);
        return files;
    }

    @Override
    public List<CredentialFile> credentials() {
        return List.of(
                new CredentialFile("auth.json", CREDENTIALS, true),
                new CredentialFile("antigravity-accounts.json", ".config/opencode/antigravity-accounts.json", false));
    }

    @Override
    public SignInLife signInLife(AgentHome home) {
        return CredentialTimes.read(home, CREDENTIALS)
                .map(OpencodeCredentials::life)
                .orElse(SignInLife.UNKNOWN);
    }

    @Override
    public Map<String, String> variables() {
        return VARIABLES;
    }

    @Override
    public List<String> signInArguments() {
        return List.of("auth", "login");
    }

    @Override
    public Optional<EngineTerminal> terminal() {
        return Optional.of(new OpencodeTerminal());
    }

    @Override
    public SandboxStatus sandbox(boolean signedIn) {
        return SandboxStatus.UNSUPPORTED;
    }

    @Override
    public ModelSource models() {
        return new ModelSource.Live(new OpencodeModelList(), SEED);
    }
}
