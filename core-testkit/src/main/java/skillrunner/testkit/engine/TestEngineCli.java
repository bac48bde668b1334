package skillrunner.testkit.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.CredentialFile;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.ModelSource;
import skillrunner.application.engine.ShippedModels;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;
import skillrunner.testkit.terminal.TestTerminal;

/**
 * A CLI of any name, with one credential file.
 *
 * @param engine the engine's name
 * @param models where its list of models comes from
 */
public record TestEngineCli(EngineId engine, ModelSource models) implements EngineCli {
    /** Refuses null parts. */
    public TestEngineCli {
        Objects.requireNonNull(engine);
        Objects.requireNonNull(models);
    }

    /**
     * A CLI whose models come from snapshots.
     *
     * @param engine the engine's name
     */
    public TestEngineCli(EngineId engine) {
        this(engine, new ModelSource.Snapshots(Optional.empty(), ShippedModels.NONE));
    }

    @Override
    public String npmPackage() {
        return "@test/" + engine;
    }

    @Override
    public List<String> binaryNames() {
        return List.of(engine.wire());
    }

    @Override
    public List<String> homeFolders() {
        return List.of("." + engine);
    }

    @Override
    public Map<String, String> homeFiles() {
        return Map.of();
    }

    @Override
    public List<CredentialFile> credentials() {
        return List.of(new CredentialFile("auth.json", "." + engine + "/auth.json", true));
    }

    /** {@inheritDoc} Certain if the home says so. */
    @Override
    public boolean signedOut(AgentHome home, Predicate<String> given) {
        return home.holds(signedOutMark());
    }

    /** The file of the agent home that makes it certain that nobody is signed in. */
    public String signedOutMark() {
        return "." + engine + "/signed-out";
    }

    @Override
    public List<String> signInArguments() {
        return List.of("login");
    }

    @Override
    public Optional<EngineTerminal> terminal() {
        return Optional.of(new TestTerminal(engine));
    }

    @Override
    public SandboxStatus sandbox(boolean signedIn) {
        return signedIn ? SandboxStatus.AVAILABLE : SandboxStatus.UNKNOWN;
    }
}
