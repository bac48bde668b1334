package skillrunner.embedding;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.application.engine.SignInRenewals;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.embedding.background.Basics;
import skillrunner.embedding.background.OpenParts;
import skillrunner.embedding.background.RunnerThreads;
import skillrunner.embedding.engine.EngineProviders;
import skillrunner.embedding.settings.RunnerSettings;

/**
 * Skill Runner in this process: one folder, its runs, its engines. Everything it does is kept in the folder, so that whoever opens
 * the folder next, this program or the server, goes on where it was left. Safe for concurrent use.
 */
public final class SkillRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SkillRunner.class);

    private final OpenParts parts = new OpenParts();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final OpenState open = new OpenState();
    private final Capabilities capabilities;
    private final EmbeddedRuns runs;
    private final EmbeddedEngines engines;

    private SkillRunner(RunnerSettings settings, Map<String, String> environment, Consumer<String> lost) {
        try {
            RunnerThreads threads = parts.add(new RunnerThreads());
            Basics basics = Basics.of(settings, threads);
            this.capabilities = Capabilities.open(
                    basics,
                    EngineProviders.load(),
                    new EmbeddedRemedies(),
                    renewal(basics, environment),
                    environment,
                    lost,
                    parts);
            parts.add(open);
            this.runs = new EmbeddedRuns(capabilities, open);
            this.engines = new EmbeddedEngines(capabilities.engines(), open);
            capabilities.recover();
            capabilities.start(Duration.ZERO, Runnable::run);
        } catch (RuntimeException | Error e) {
            parts.close();
            throw e;
        }
    }

    private static SignInRenewal renewal(Basics basics, Map<String, String> environment) {
        return ServiceLoader.load(SignInRenewals.class)
                .findFirst()
                .map(found -> found.of(
                        basics.settings().storage().agentHome().toString(),
                        name -> Optional.ofNullable(environment.get(name)),
                        basics.clock()))
                .orElse(SignInRenewal.NONE);
    }

    /**
     * Opens a folder: takes it for this runner alone, creates or migrates its databases, takes up the runs that were at work when it
     * was closed, and begins to give slots. What a failed opening has opened is closed again.
     *
     * @param settings how the runner is to be, with the folder
     * @param environment variables of this process, usually {@code System.getenv()}: the search path for the CLIs, and what an
     *     engine's runs may see of it
     * @return the runner, to be closed
     * @throws skillrunner.embedding.settings.FolderInUseException if another runner has the folder, in this process or another
     * @throws skillrunner.embedding.settings.OpenRefusedException if the folder or the settings don't allow it in another way
     * @throws skillrunner.application.storage.StoreUnusableException if what lies in the folder is damaged, was lost or is of a later
     *     version
     */
    public static SkillRunner open(RunnerSettings settings, Map<String, String> environment) {
        return open(settings, environment, fault -> LOG.error("{} while a runner used it; close the runner", fault));
    }

    /**
     * Opens a folder, as {@link #open(RunnerSettings, Map)} does.
     *
     * @param settings how the runner is to be, with the folder
     * @param environment variables of this process
     * @param lost called once, from any thread, with half a sentence when the folder is removed or exchanged under the runner; nothing
     *     is worth writing there any more
     * @return the runner, to be closed
     */
    public static SkillRunner open(RunnerSettings settings, Map<String, String> environment, Consumer<String> lost) {
        return new SkillRunner(settings, environment, lost);
    }

    /**
     * Returns what is done about runs.
     *
     * @return the runs
     */
    public EmbeddedRuns runs() {
        return runs;
    }

    /**
     * Returns what is done about engines.
     *
     * @return the engines
     */
    public EmbeddedEngines engines() {
        return engines;
    }

    /**
     * Reads the skills that can be run now.
     *
     * @return them
     */
    public List<InstalledSkill> skills() {
        return open.ask(() -> capabilities.skills().store().list());
    }

    /**
     * Returns everything else a runner can do, by the same use cases that the server's routes call. Their API moves with the product.
     *
     * @return the capabilities
     */
    public Capabilities capabilities() {
        return capabilities;
    }

    /**
     * Lets go of everything. Engines that work go on, for hours if they need to, and are picked up when the folder is opened next;
     * whoever wants them ended cancels them first. Waiting calls of other threads end with {@link IllegalStateException}, and so does
     * every later one. Closing twice does nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            parts.close();
        }
    }
}
