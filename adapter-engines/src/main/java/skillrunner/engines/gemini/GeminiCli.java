package skillrunner.engines.gemini;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.engine.CredentialFile;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.ModelSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;

/** Google's gemini as it is installed and signed in. */
public final class GeminiCli implements EngineCli {
    /** Made by the service loader. */
    public GeminiCli() {}

    @Override
    public EngineId engine() {
        return EngineId.GEMINI;
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
                ".gemini/settings.json",
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
                new CredentialFile("oauth_creds.json", ".gemini/oauth_creds.json", true));
    }

    /** {@inheritDoc} The CLI asks for it when it is started. */
    @Override
    public List<String> signInArguments() {
        return List.of();
    }

    @Override
    public SandboxStatus sandbox(boolean signedIn) {
        return signedIn ? SandboxStatus.AVAILABLE : SandboxStatus.UNKNOWN;
    }

    /** {@inheritDoc} The CLI has no command that lists its models. */
    @Override
    public ModelSource models() {
        return new ModelSource.Snapshots(Optional.empty());
    }
}
