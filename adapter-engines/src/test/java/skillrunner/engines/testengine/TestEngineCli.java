package skillrunner.engines.testengine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.engine.CredentialFile;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.ModelSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;
import skillrunner.engines.models.ModelFiles;

/** How the fifth engine is looked after. */
public final class TestEngineCli implements EngineCli {
    @Override
    public EngineId engine() {
        return TestEngineDriver.ENGINE;
    }

    @Override
    public String npmPackage() {
        return "testengine";
    }

    @Override
    public List<String> binaryNames() {
        return List.of("testengine");
    }

    @Override
    public List<String> homeFolders() {
        return List.of();
    }

    @Override
    public Map<String, String> homeFiles() {
        return Map.of();
    }

    @Override
    public List<CredentialFile> credentials() {
        return List.of();
    }

    @Override
    public List<String> signInArguments() {
        return List.of();
    }

    @Override
    public SandboxStatus sandbox(boolean signedIn) {
        return SandboxStatus.UNSUPPORTED;
    }

    @Override
    public ModelSource models() {
        return new ModelSource.Snapshots(Optional.empty(), new ModelFiles(TestEngineCli.class));
    }
}
