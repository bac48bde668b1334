package skillrunner.application.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.journal.ParserProfile;
import skillrunner.domain.run.InteractiveProfile;

/** The engines of this server. Immutable. */
public final class Engines {
    private final List<EngineId> known;
    private final Set<EngineId> inUse;
    private final Map<EngineId, EngineCli> clis;
    private final Map<EngineId, EngineDriver> drivers;
    private final Map<EngineId, Set<String>> addedVariables;

    /**
     * Takes stock.
     *
     * @param clis the CLIs that were found
     * @param drivers the drivers that were found
     * @param named the engines that are in use; empty means all
     * @throws IllegalArgumentException if one engine has two CLIs or two drivers
     */
    public Engines(
            Collection<? extends EngineCli> clis,
            Collection<? extends EngineDriver> drivers,
            Optional<? extends Collection<EngineId>> named) {
        this(clis, drivers, named, Map.of());
    }

    /**
     * Takes stock.
     *
     * @param clis the CLIs that were found
     * @param drivers the drivers that were found
     * @param named the engines that are in use; empty means all
     * @param addedVariables names of variables the operator lets an engine's runs see
     * @throws IllegalArgumentException if one engine has two CLIs or two drivers
     */
    public Engines(
            Collection<? extends EngineCli> clis,
            Collection<? extends EngineDriver> drivers,
            Optional<? extends Collection<EngineId>> named,
            Map<EngineId, ? extends Collection<String>> addedVariables) {
        Map<EngineId, Set<String>> added = new TreeMap<>();
        addedVariables.forEach((engine, variables) -> added.put(engine, Set.copyOf(variables)));
        this.addedVariables = Map.copyOf(added);
        this.clis = byName(clis, EngineCli::engine);
        this.drivers = byName(drivers, EngineDriver::engine);
        Set<EngineId> names = new TreeSet<>(EngineId.BUILT_IN);
        names.addAll(this.clis.keySet());
        names.addAll(this.drivers.keySet());
        this.known = List.copyOf(names);
        this.inUse = named.<Set<EngineId>>map(Set::copyOf).orElse(names);
    }

    /**
     * Returns every engine there is, used or not.
     *
     * @return the engines in canonical order
     */
    public List<EngineId> known() {
        return known;
    }

    /**
     * Names every engine there is, for a message.
     *
     * @return the names in canonical order, separated by commas
     */
    public String knownNames() {
        return known.stream().map(EngineId::wire).collect(Collectors.joining(", "));
    }

    /**
     * Tells whether an engine is in use on this server.
     *
     * @param engine the engine
     * @return false if the operator left it out
     */
    public boolean inUse(EngineId engine) {
        return inUse.contains(engine);
    }

    /**
     * Says how the answers of users reach an engine.
     *
     * @param engine the engine
     * @return as its driver says; that of most engines, if there is no driver
     */
    public InteractiveProfile.Kind interactiveKind(EngineId engine) {
        return driver(engine).flatMap(EngineDriver::keptDialogue).isPresent()
                ? InteractiveProfile.Kind.STICKY_PROCESS
                : InteractiveProfile.Kind.RESUMABLE;
    }

    /**
     * Finds the driver for new runs.
     *
     * @param engine the engine
     * @return its driver, or empty if the engine is left out of this server or has no driver
     */
    public Optional<EngineDriver> usable(EngineId engine) {
        return inUse(engine) ? driver(engine) : Optional.empty();
    }

    /**
     * Finds a driver, also of an engine that is no longer in use: a run that started with it is finished with it.
     *
     * @param engine the engine
     * @return its driver, or empty
     */
    public Optional<EngineDriver> driver(EngineId engine) {
        return Optional.ofNullable(drivers.get(engine));
    }

    /**
     * Returns the major versions of a CLI that can be driven.
     *
     * @param engine the engine
     * @return them; all if nobody drives the engine, which is then told in another way
     */
    public KnownMajors knownMajors(EngineId engine) {
        return driver(engine).map(EngineDriver::knownMajors).orElse(KnownMajors.ALL);
    }

    /**
     * Returns how an engine's output is read.
     *
     * @param engine the engine
     * @return the profile; if nobody drives the engine, that of a reader of lines of JSON
     */
    public ParserProfile parser(EngineId engine) {
        return driver(engine).map(EngineDriver::parser).orElse(ParserProfile.LINES);
    }

    /**
     * Returns the files that any engine puts beside the agent's work in a run directory.
     *
     * @return names of files at the top of the run directory
     */
    public Set<String> settingsFiles() {
        Set<String> names = new TreeSet<>();
        drivers.values().forEach(driver -> names.addAll(driver.settingsFiles()));
        return names;
    }

    /**
     * Returns where the CLIs keep their sign-in.
     *
     * @return paths below a home
     */
    public Set<String> credentialPaths() {
        Set<String> paths = new TreeSet<>();
        clis.values().forEach(cli -> cli.credentials().forEach(file -> paths.add(file.path())));
        return paths;
    }

    /**
     * Returns what tells a file with tokens from any other by its name alone.
     *
     * @return parts of file names, in lower case
     */
    public Set<String> credentialMarks() {
        Set<String> marks = new TreeSet<>();
        clis.values().forEach(cli -> marks.addAll(cli.credentialMarks()));
        return marks;
    }

    /**
     * Returns whose models an engine runs, where all of them are of one provider.
     *
     * @param engine the engine
     * @return the provider's name; empty where each model names its own
     */
    public Optional<String> provider(EngineId engine) {
        return cli(engine).flatMap(EngineCli::provider);
    }

    /**
     * Finds what is known of a CLI.
     *
     * @param engine the engine
     * @return its CLI, or empty
     */
    public Optional<EngineCli> cli(EngineId engine) {
        return Optional.ofNullable(clis.get(engine));
    }

    /**
     * Returns the variables that every start of a CLI gets where the operator has set none of them.
     *
     * @param engine the engine
     * @return name to value
     */
    public Map<String, String> variables(EngineId engine) {
        return cli(engine).map(EngineCli::variables).orElse(Map.of());
    }

    /**
     * Returns the variables that the operator lets an engine's runs see, beside those its driver asks for.
     *
     * @param engine the engine
     * @return names
     */
    public Set<String> addedVariables(EngineId engine) {
        return addedVariables.getOrDefault(engine, Set.of());
    }

    /**
     * Returns all CLIs.
     *
     * @return the CLIs, in canonical order of their engines
     */
    public List<EngineCli> clis() {
        return List.copyOf(clis.values());
    }

    private static <T> Map<EngineId, T> byName(Collection<? extends T> all, Function<T, EngineId> name) {
        Map<EngineId, T> named = new TreeMap<>();
        for (T one : all) {
            if (named.put(name.apply(one), one) != null) {
                throw new IllegalArgumentException("two of " + name.apply(one));
            }
        }
        return named;
    }
}
