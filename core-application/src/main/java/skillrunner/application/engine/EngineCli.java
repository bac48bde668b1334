package skillrunner.application.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;

/**
 * An agent CLI as it is installed, signed in and looked after; {@link EngineDriver} says how it is run. Pure: it reads and
 * starts nothing itself, so one instance serves everybody at once. Found by {@link java.util.ServiceLoader}.
 */
public interface EngineCli {
    /**
     * Returns the engine's name.
     *
     * @return the name
     */
    EngineId engine();

    /**
     * Returns whose models the CLI runs, where all of them are of one provider and don't name it. By default they name theirs.
     *
     * @return the provider's name, or empty
     */
    default Optional<String> provider() {
        return Optional.empty();
    }

    /**
     * Returns the npm package the CLI is installed from.
     *
     * @return its name
     */
    String npmPackage();

    /**
     * Tells whether npm's registry serves the package.
     *
     * @return false if whoever wants the CLI has to bring a build or name another package
     */
    default boolean isServedByNpm() {
        return true;
    }

    /**
     * Tells whether the package does not work before its own lifecycle scripts have run.
     *
     * @return false if it is installed without running any script
     */
    default boolean needsInstallScripts() {
        return false;
    }

    /**
     * Returns the names the CLI's program may have.
     *
     * @return file names, best first
     */
    List<String> binaryNames();

    /**
     * Returns what the CLI may call itself when it says its version.
     *
     * @return names, in any case
     */
    default Set<String> ownNames() {
        Set<String> names = new TreeSet<>(Set.of(engine().wire()));
        binaryNames().forEach(name -> names.add(name.contains(".") ? name.substring(0, name.indexOf('.')) : name));
        return names;
    }

    /**
     * Returns the folders the CLI needs in the agent home.
     *
     * @return paths below the agent home
     */
    List<String> homeFolders();

    /**
     * Returns the files the CLI needs in the agent home. They are created when absent and never overwritten.
     *
     * @return path below the agent home to content
     */
    Map<String, String> homeFiles();

    /**
     * Says what a file of {@link #homeFiles()} that is present has to hold instead.
     *
     * @param path its path
     * @param content what it holds
     * @return the content it needs, or empty if it stays as it is
     */
    default Optional<String> mended(String path, String content) {
        return Optional.empty();
    }

    /**
     * Returns the files the CLI keeps its sign-in in.
     *
     * @return the files, in the order in which they are shown
     */
    List<CredentialFile> credentials();

    /**
     * Returns what no file has in its name but one that holds tokens, whatever else the name says. By default nothing.
     *
     * @return parts of file names, in lower case
     */
    default Set<String> credentialMarks() {
        return Set.of();
    }

    /**
     * Tells whether the CLI is signed in, as far as files tell; their secrets are not looked at.
     *
     * @param home the agent home
     * @return true if nothing is missing
     */
    default boolean signedIn(AgentHome home) {
        return credentials().stream().filter(CredentialFile::required).allMatch(file -> home.holds(file.path()));
    }

    /**
     * Tells how long what the CLI is signed in with lasts, as far as files tell. By default nothing tells.
     *
     * @param home the agent home, whose files anybody may have written
     * @return what is known
     */
    default SignInLife signInLife(AgentHome home) {
        return SignInLife.UNKNOWN;
    }

    /**
     * Tells whether the CLI can't reach any model because it is not signed in. A guess is no answer: whoever may bring
     * its own provider or keys by configuration or variables is not signed out.
     *
     * @param home the agent home
     * @param given whether a variable is set for the CLI
     * @return true if it is certain; false if it is signed in or nobody knows
     */
    default boolean signedOut(AgentHome home, Predicate<String> given) {
        return false;
    }

    /**
     * Returns the variables that every start of the CLI gets, whatever it is started for, unless the operator has set one of them in the
     * server's environment: they belong together, and his count then. By default there are none.
     *
     * @return name to value
     */
    default Map<String, String> variables() {
        return Map.of();
    }

    /**
     * Returns the arguments that sign the CLI in.
     *
     * @return arguments, empty if the CLI's own menu does it
     */
    List<String> signInArguments();

    /**
     * Returns how the CLI's own interface is shown in a terminal. By default it has none.
     *
     * @return the interface, or empty
     */
    default Optional<EngineTerminal> terminal() {
        return Optional.empty();
    }

    /**
     * Says what is known of the CLI's sandbox.
     *
     * @param signedIn whether it is ready to run
     * @return the status
     */
    SandboxStatus sandbox(boolean signedIn);

    /**
     * Says where the list of models comes from.
     *
     * @return the source
     */
    ModelSource models();
}
