package skillrunner.engines.gemini;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.CredentialFile;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.ModelSource;
import skillrunner.application.engine.SignInLife;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;
import skillrunner.engines.credentials.CredentialTimes;
import skillrunner.engines.models.ModelFiles;

/** Google's gemini as it is installed and signed in. */
public final class GeminiCli implements EngineCli {
    private static final String TOKENS = ".gemini/oauth_creds.json";
    private static final String SETTINGS = ".gemini/settings.json";
    private static final List<String> VARIABLE_FILES = List.of(".gemini/.env", ".env");
    private static final Pattern PERSONAL = Pattern.compile("\"selectedType\"\\s*:\\s*\"oauth-personal\"");
    private static final List<String> OTHER_WAYS = List.of(
            "GEMINI_API_KEY",
            "GEMINI_CLI_USE_COMPUTE_ADC",
            "GOOGLE_API_KEY",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "GOOGLE_CLOUD_ACCESS_TOKEN",
            "GOOGLE_GEMINI_BASE_URL",
            "GOOGLE_GENAI_USE_GCA",
            "GOOGLE_GENAI_USE_VERTEXAI");

    /** Made by the service loader. */
    public GeminiCli() {}

    @Override
    public EngineId engine() {
        return EngineId.GEMINI;
    }

    @Override
    public Optional<String> provider() {
        return Optional.of("google");
    }

    @Override
    public String npmPackage() {
        return "@google/gemini-cli";
    }

    @Override
    public List<String> binaryNames() {
        return List.of("gemini", "gemini.cmd", "gemini.exe");
    }

    @Override
    public List<String> homeFolders() {
        return List.of(".gemini");
    }

    @Override
    public Map<String, String> homeFiles() {
        return Map.of(
                SETTINGS,
                """
                {
                  "security": {
                    "auth": {
                      "selectedType": "oauth-personal"
                    }
                  }
                }
                """);
    }

    @Override
    public List<CredentialFile> credentials() {
        return List.of(
                new CredentialFile("google_accounts.json", ".gemini/google_accounts.json", true),
                new CredentialFile("oauth_creds.json", TOKENS, true));
    }

    @Override
    public SignInLife signInLife(AgentHome home) {
        return CredentialTimes.ofGoogleForm(home, TOKENS);
    }

    @Override
    public Set<String> credentialMarks() {
        return Set.of("oauth_creds");
    }

    /** {@inheritDoc} Certain only while the settings choose the account of a person and no variable offers another way. */
    @Override
    public boolean signedOut(AgentHome home, Predicate<String> given) {
        return credentials().stream().noneMatch(file -> home.holds(file.path()))
                && OTHER_WAYS.stream().noneMatch(given)
                && VARIABLE_FILES.stream().noneMatch(home::holds)
                && home.readText(SETTINGS)
                        .filter(text -> PERSONAL.matcher(text).find())
                        .isPresent();
    }

    /** {@inheritDoc} The CLI asks for it when it is started. */
    @Override
    public List<String> signInArguments() {
        return List.of();
    }

    @Override
    public Optional<EngineTerminal> terminal() {
        return Optional.of(new GeminiTerminal());
    }

    @Override
    public SandboxStatus sandbox(boolean signedIn) {
        return signedIn ? SandboxStatus.AVAILABLE : SandboxStatus.UNKNOWN;
    }

    /** {@inheritDoc} The CLI has no command that lists its models. */
    @Override
    public ModelSource models() {
        return new ModelSource.Snapshots(Optional.empty(), new ModelFiles(GeminiCli.class));
    }
}
