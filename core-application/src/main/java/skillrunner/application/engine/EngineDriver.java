package skillrunner.application.engine;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.journal.ParserProfile;
import skillrunner.domain.model.ModelForm;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.skill.ExecutionMode;

/**
 * How one agent CLI is run; {@link EngineCli} says how it is looked after. Pure: a driver reads no file, starts nothing and keeps no state, so
 * one instance serves all runs at once. Found by {@link java.util.ServiceLoader}.
 */
public interface EngineDriver {
    /**
     * Returns the engine's name.
     *
     * @return the name
     */
    EngineId engine();

    /**
     * Returns the versions of the CLI that this driver knows: their options, their output.
     *
     * @return their major versions; by default all
     */
    default KnownMajors knownMajors() {
        return KnownMajors.ALL;
    }

    /**
     * Returns how runs may be carried out.
     *
     * @return the modes this driver can drive
     */
    Set<ExecutionMode> executionModes();

    /**
     * Returns the configuration file in the agent home that a turn depends on. By default there is none.
     *
     * @return path below the agent home, or empty if the driver does not need its content
     */
    default Optional<String> homeConfig() {
        return Optional.empty();
    }

    /**
     * Returns the engine settings a skill may bring.
     *
     * @return path inside the skill folder
     */
    String skillConfig();

    /**
     * Returns the files that its commands put beside the agent's work in the run directory, which are no work of the
     * agent's. Those below folders that begin with a dot need not be named. By default there are none.
     *
     * @return names of files at the top of the run directory
     */
    default Set<String> settingsFiles() {
        return Set.of();
    }

    /**
     * Returns how requests write the engine's models. By default as the catalogue does.
     *
     * @return the form
     */
    default ModelForm modelForm() {
        return ModelForm.ID;
    }

    /**
     * Returns where the CLI looks for skills.
     *
     * @return a folder inside the run directory, for example {@code .codex/skills}
     */
    String skillFolder();

    /**
     * Returns the prompt template for skills that bring none.
     *
     * @return a Jinja template
     */
    String defaultPrompt();

    /**
     * Builds the command of a turn.
     *
     * @param turn what is to be done
     * @return the command
     * @throws IllegalArgumentException if the skill's engine settings can't be used; the message says why
     */
    EngineCommand command(EngineTurn turn);

    /**
     * Returns how the engine is talked to, if it keeps running while a run waits for its user. By default it ends with each
     * turn, and the next one takes its conversation up again by what names its session.
     *
     * @return how; then {@link #command} of an interactive turn starts it so that it behaves like that, and it is handed its
     *     prompt by stdin
     */
    default Optional<KeptDialogue> keptDialogue() {
        return Optional.empty();
    }

    /**
     * Makes a reader of one attempt's output.
     *
     * @param from where the first bytes that it is fed stand: the start, or a position that a reader of the same output told
     * @param events takes what the engine says, on the feeding thread; what it throws passes through
     * @return a fresh reader
     */
    EngineOutputReader newReader(OutputPosition from, Consumer<? super EngineEvent> events);

    /**
     * Returns how its readers call themselves, and how far they trust what they read.
     *
     * @return the profile; by default that of a reader of lines of JSON
     */
    default ParserProfile parser() {
        return ParserProfile.LINES;
    }

    /**
     * Looks for the engine's words for a missing sign-in in text that stands beside its events.
     *
     * @param stream where it was printed
     * @param text some lines
     * @return the surest sign in it
     */
    SignInSign signIn(OutputStreamKind stream, String text);

    /**
     * Looks for the engine's words for a conversation that it can't take up again. By default it has none.
     *
     * @param lastWords the end of what a process wrote that failed and named no conversation
     * @return whether they are in it
     */
    default boolean lostSession(String lastWords) {
        return false;
    }

    /**
     * Returns how the CLI tells what was said in a conversation, for a turn that went on with one and said nothing itself. By
     * default it can't.
     *
     * @return how it is asked
     */
    default Optional<SessionExport> sessionExport() {
        return Optional.empty();
    }
}
