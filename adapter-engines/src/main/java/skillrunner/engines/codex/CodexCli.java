package skillrunner.engines.codex;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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

/** OpenAI's codex as it is installed and signed in. */
public final class CodexCli implements EngineCli {
    static final String CONFIG = ".codex/config.toml";
    private static final String CREDENTIALS = ".codex/auth.json";

    /** Made by the service loader. */
    public CodexCli() {}

    @Override
    public EngineId engine() {
        return EngineId.CODEX;
    }

    @Override
    public Optional<String> provider() {
        return Optional.of("openai");
    }

    @Override
    public String npmPackage() {
        return "@openai/codex";
    }

    @Override
    public List<String> binaryNames() {
        return List.of("codex", "codex.cmd", "codex.exe");
    }

    @Override
    public List<String> homeFolders() {
        return List.of(".codex");
    }

    @Override
    public Map<String, String> homeFiles() {
        return Map.of(CONFIG, "cli_auth_credentials_store = \"file\"\n");
    }

    @Override
    public List<CredentialFile> credentials() {
        return List.of(new CredentialFile("auth.json", CREDENTIALS, true));
    }

    @Override
    public SignInLife signInLife(AgentHome home) {
        return CredentialTimes.read(home, CREDENTIALS)
                .map(file -> CodexSignIn.life(file.path("tokens")))
                .orElse(SignInLife.UNKNOWN);
    }

    /** {@inheritDoc} Certain only while credentials are kept in the file and nothing else names a provider or a key. */
    @Override
    public boolean signedOut(AgentHome home, Predicate<String> given) {
        return !signedIn(home)
                && CodexVariables.CREDENTIALS.stream().noneMatch(given)
                && home.readText(CONFIG).filter(CodexSignIn::isByFileOnly).isPresent();
    }

    @Override
    public List<String> signInArguments() {
        return List.of("login");
    }

    @Override
    public Optional<EngineTerminal> terminal() {
        return Optional.of(new CodexTerminal());
    }

    @Override
    public SandboxStatus sandbox(boolean signedIn) {
        return signedIn ? SandboxStatus.AVAILABLE : SandboxStatus.UNKNOWN;
    }

    @Override
    public ModelSource models() {
        return new ModelSource.Snapshots(Optional.of(new CodexModelList()), new ModelFiles(CodexCli.class));
    }
}
