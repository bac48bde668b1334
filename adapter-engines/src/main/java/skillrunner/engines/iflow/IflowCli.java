package skillrunner.engines.iflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/** iFlow's iflow as it is installed and signed in. */
public final class IflowCli implements EngineCli {
    private static final String TOKENS = ".iflow/oauth_creds.json";

    /** Made by the service loader. */
    public IflowCli() {}

    @Override
    public EngineId engine() {
        return EngineId.IFLOW;
    }

    @Override
    public Optional<String> provider() {
        return Optional.of("iflowcn");
    }

    @Override
    public String npmPackage() {
        return "@iflow-ai/iflow-cli";
    }

    @Override
    public boolean isServedByNpm() {
        return false;
    }

    @Override
    public List<String> binaryNames() {
        return List.of("iflow", "iflow.cmd", "iflow.exe");
    }

    @Override
    public List<String> homeFolders() {
        return List.of(".iflow");
    }

    @Override
    public Map<String, String> homeFiles() {
        return Map.of(IflowSettings.FILE, IflowSettings.DEFAULT);
    }

    @Override
    public Optional<String> mended(String path, String content) {
        return path.equals(IflowSettings.FILE) ? IflowSettings.mended(content) : Optional.empty();
    }

    @Override
    public List<CredentialFile> credentials() {
        return List.of(
                new CredentialFile("iflow_accounts.json", ".iflow/iflow_accounts.json", true),
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

    /** {@inheritDoc} The credentials count only while the settings choose the sign-in they belong to. */
    @Override
    public boolean signedIn(AgentHome home) {
        return EngineCli.super.signedIn(home)
                && home.readText(IflowSettings.FILE)
                        .filter(IflowSettings::usesOauth)
                        .isPresent();
    }

    /** {@inheritDoc} The CLI asks for it when it is started. */
    @Override
    public List<String> signInArguments() {
        return List.of();
    }

    @Override
    public Optional<EngineTerminal> terminal() {
        return Optional.of(new IflowTerminal());
    }

    /** {@inheritDoc} Its sandbox is a container image, which this product does not start. */
    @Override
    public SandboxStatus sandbox(boolean signedIn) {
        return SandboxStatus.UNSUPPORTED;
    }

    /** {@inheritDoc} The CLI has no command that lists its models. */
    @Override
    public ModelSource models() {
        return new ModelSource.Snapshots(Optional.empty(), new ModelFiles(IflowCli.class));
    }
}
