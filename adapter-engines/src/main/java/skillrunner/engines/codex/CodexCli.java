package skillrunner.engines.codex;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.engine.CredentialFile;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.ModelSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;

/** OpenAI's codex as it is installed and signed in. */
public final class CodexCli implements EngineCli {
    static final String CONFIG = ".codex/config.toml";

    /** Made by the service loader. */
    public CodexCli() {}

    @Override
    public EngineId engine() {
        return EngineId.CODEX;
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
        return List.of(new CredentialFile("auth.json", ".codex/auth.json", true));
    }

    @Override
    public List<String> signInArguments() {
        return List.of("login");
    }

    @Override
    public SandboxStatus sandbox(boolean signedIn) {
        return signedIn ? SandboxStatus.AVAILABLE : SandboxStatus.UNKNOWN;
    }

    @Override
    public ModelSource models() {
        return new ModelSource.Snapshots(Optional.of(new CodexModelList()));
    }
}
