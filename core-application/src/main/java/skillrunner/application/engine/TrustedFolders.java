package skillrunner.application.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import skillrunner.domain.engine.EngineId;

/**
 * The folders in which engines work without asking their user first. Whoever lets a person work in one, in a terminal or to sign in, adds
 * it for that time. Safe for concurrent use, also by several servers over one home.
 */
public final class TrustedFolders {
    private final Engines engines;
    private final SharedSettings settings;

    /**
     * Takes its collaborators.
     *
     * @param engines says how each of them learns it
     * @param settings where they keep it
     */
    public TrustedFolders(Engines engines, SharedSettings settings) {
        this.engines = Objects.requireNonNull(engines);
        this.settings = Objects.requireNonNull(settings);
    }

    /**
     * Lets an engine work in folders. Does nothing if it does not ask anyway.
     *
     * @param engine the engine
     * @param folders absolute paths
     * @throws java.io.UncheckedIOException if its file can't be changed
     * @throws IllegalArgumentException if its file is not understood; it stays as it is
     */
    public void add(EngineId engine, List<String> folders) {
        of(
                engine,
                trust -> settings.edit(trust.file(), content -> {
                    String with = content;
                    for (String folder : folders) {
                        with = trust.with(with, folder);
                    }
                    return with;
                }));
    }

    /**
     * Has an engine ask again. Does nothing for folders that it does not know.
     *
     * @param engine the engine
     * @param folders absolute paths
     * @throws java.io.UncheckedIOException if its file can't be changed
     * @throws IllegalArgumentException if its file is not understood; it stays as it is
     */
    public void remove(EngineId engine, List<String> folders) {
        of(
                engine,
                trust -> settings.edit(trust.file(), content -> {
                    String without = content;
                    for (String folder : folders) {
                        without = trust.without(without, folder);
                    }
                    return without;
                }));
    }

    private void of(EngineId engine, Consumer<FolderTrust> what) {
        Optional<FolderTrust> trust =
                engines.cli(engine).flatMap(EngineCli::terminal).flatMap(EngineTerminal::trust);
        trust.ifPresent(what);
    }
}
