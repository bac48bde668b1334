package skillrunner.embedding;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import skillrunner.application.engine.EngineRemedies;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.background.OpenParts;
import skillrunner.embedding.engine.EngineCapability;
import skillrunner.embedding.engine.EngineParts;
import skillrunner.embedding.engine.EngineProviders;
import skillrunner.embedding.engine.IsolationTrial;
import skillrunner.embedding.run.RunCapability;
import skillrunner.embedding.settings.RunnerSettings;
import skillrunner.embedding.skill.SkillCapability;
import skillrunner.embedding.storage.StorageCapability;
import skillrunner.files.UntrustedFolder;

/**
 * All that a runner can do, wired once: what {@link SkillRunner} and the server both stand on. Whoever puts a surface of its own in
 * front calls {@link #recover} before anybody may ask, and {@link #start} afterwards.
 */
public final class Capabilities {
    private final Basics basics;
    private final StorageCapability storage;
    private final EngineParts parts;
    private final EngineCapability engines;
    private final SkillCapability skills;
    private final RunCapability runs;
    private final IsolationTrial isolation;

    private Capabilities(
            Basics basics,
            EngineProviders providers,
            EngineRemedies remedies,
            SignInRenewal renewal,
            Map<String, String> environment,
            Consumer<String> lost,
            OpenParts open) {
        RunnerSettings settings = basics.settings();
        this.basics = basics;
        this.parts = EngineParts.of(
                providers.engines(settings.engines()),
                settings.storage(),
                settings.engines(),
                environment,
                basics.clock(),
                renewal);
        this.storage = StorageCapability.open(basics, lost, open);
        parts.engines().clis().forEach(parts.home()::prepare);
        this.isolation = new IsolationTrial(settings.processes());
        this.engines = open.add(EngineCapability.wire(
                basics, parts, storage.upgrades(), () -> isolation.outcome().kind()));
        this.skills = open.add(
                SkillCapability.wire(basics, parts.engines(), storage.runs().installs()));
        this.runs = RunCapability.wire(basics, storage, parts, engines, remedies, skills, isolation, open);
        open.add(basics.threads()::expectEnd);
    }

    /**
     * Takes the data folder, creates or migrates what is kept there and wires everything. Takes up no run yet.
     *
     * @param basics what it stands on
     * @param providers what is known of engines
     * @param remedies what this product offers where an engine can't be used
     * @param renewal renews what engines are signed in with
     * @param environment variables of this process, for the CLIs' allow-lists
     * @param lost called with half a sentence when the data folder is not any more what it was; nothing should be written then
     * @param open gets what was opened, also if this throws; closed by the caller
     * @return the capabilities
     * @throws skillrunner.embedding.settings.OpenRefusedException if the folder or the settings don't allow it
     * @throws skillrunner.application.storage.StoreUnusableException if what lies in the folder can't be used
     */
    public static Capabilities open(
            Basics basics,
            EngineProviders providers,
            EngineRemedies remedies,
            SignInRenewal renewal,
            Map<String, String> environment,
            Consumer<String> lost,
            OpenParts open) {
        return new Capabilities(basics, providers, remedies, renewal, environment, lost, open);
    }

    /**
     * Returns what everything stands on.
     *
     * @return threads, clock and settings
     */
    public Basics basics() {
        return basics;
    }

    /**
     * Returns where things are kept.
     *
     * @return the storage
     */
    public StorageCapability storage() {
        return storage;
    }

    /**
     * Returns what has to do with engines.
     *
     * @return engines, CLIs, their home and what installs them
     */
    public EngineParts engineParts() {
        return parts;
    }

    /**
     * Returns what looks after engines.
     *
     * @return the engines
     */
    public EngineCapability engines() {
        return engines;
    }

    /**
     * Returns what has to do with skills.
     *
     * @return the skills
     */
    public SkillCapability skills() {
        return skills;
    }

    /**
     * Returns what has to do with runs.
     *
     * @return the runs
     */
    public RunCapability runs() {
        return runs;
    }

    /**
     * Returns what keeps the processes of a run together.
     *
     * @return the outcome, once it was tried
     */
    public IsolationTrial isolation() {
        return isolation;
    }

    /** Goes on with what an earlier runner left. To be called before anybody may ask. */
    public void recover() {
        storage.watchDisk();
        runs.recover();
        engines.recover();
        skills.recover();
    }

    /**
     * Begins to give slots, and what else goes on by itself.
     *
     * @param settling how long what nobody waits for lets others go first
     * @param whenHomeIsWhole does something once the engines' home is as runs expect it: at once, unless somebody else uses it
     */
    public void start(Duration settling, Consumer<Runnable> whenHomeIsWhole) {
        isolation.begin(basics.threads(), settling);
        runs.start(whenHomeIsWhole);
        engines.start();
        storage.watchStores();
        basics.threads().submitAfter(settling, "hold-folders", UntrustedFolder::prepare);
    }
}
