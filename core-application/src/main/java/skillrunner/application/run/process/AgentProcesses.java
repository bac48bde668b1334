package skillrunner.application.run.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.Subscription;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessesEnded;

/**
 * Starts agent CLIs so that they outlive this server, and ends them without leaving anything behind. Implementations are
 * safe for concurrent use on different attempts.
 */
public interface AgentProcesses {
    /** What is known about an attempt's process. */
    sealed interface State {
        /** No process was started for the attempt. */
        record NotStarted() implements State {}

        /** It works. */
        record Running() implements State {}

        /**
         * It ended and left its exit code.
         *
         * @param exitCode its exit code; 128 and the signal's number if a signal ended it
         */
        record Exited(int exitCode) implements State {}

        /** It is gone and left no exit code: the machine was restarted, or its shim was killed. */
        record Vanished() implements State {}

        /** It is gone, and so are the server's records of it: somebody removed or replaced them while it worked. */
        record Unrecorded() implements State {}
    }

    /**
     * Starts a process. It writes its output and its exit code to files by itself. Of two starts of one attempt only the
     * first has an effect, also across a restart.
     *
     * @param order what to start
     * @return who it is, to be stored before anything else is done with it; empty if it can't be told any more
     * @throws EngineUnavailableException if the program can't be started
     */
    Optional<AgentProcess> launch(LaunchOrder order);

    /**
     * Tells a process that keeps running something more. It gets each line once and in order, also if this server dies before it
     * has read it. Of two lines of one number only the first has an effect, also across a restart. It
     * makes no difference to a process that is gone.
     *
     * @param files the attempt that started it
     * @param number which line it is; that of {@link LaunchOrder#firstLine} is 1
     * @param line what it is told, without the end of the line
     */
    void say(AttemptFiles files, int number, String line);

    /**
     * Tells whether a line was handed over.
     *
     * @param files the attempt that started the process
     * @param number which line
     * @return whether {@link #say} has had an effect for it
     */
    boolean isSaid(AttemptFiles files, int number);

    /**
     * Tells a process that keeps running nothing more: behind what it was told its stdin is at its end. May be repeated.
     *
     * @param files the attempt that started it
     */
    void hangUp(AttemptFiles files);

    /**
     * Asks the attempt's files who its process is. They are not believed: it counts only while a process lives that is
     * the one they name and that was given the attempt's marker.
     *
     * @param files the attempt
     * @param marker the attempt's marker
     * @return the living process, or empty
     */
    Optional<AgentProcess> find(AttemptFiles files, String marker);

    /**
     * Looks up an attempt's process.
     *
     * @param process the attempt
     * @return what is known
     */
    State state(AttemptProcess process);

    /**
     * Ends every process of an attempt: first politely, then by force; returns when none is left or when force did not
     * help. Blocks for some seconds at most. No process that is not the attempt's gets a signal, whatever its files say.
     *
     * @param process the attempt
     * @return what became of those that were found
     */
    ProcessesEnded stop(AttemptProcess process);

    /**
     * Ends every process of an attempt by force and at once; otherwise like {@link #stop}.
     *
     * @param process the attempt
     * @return what became of those that were found
     */
    ProcessesEnded kill(AttemptProcess process);

    /**
     * Looks at what the processes of an attempt hold while its process works. What left the family of its process may be
     * missing where nothing but descent keeps the family together.
     *
     * @param process the attempt
     * @param enough the count may end once there are more
     * @return what they hold
     */
    Usage usage(AttemptProcess process, long enough);

    /**
     * What the processes of an attempt hold.
     *
     * @param processes their number, without what the server put around the CLI
     * @param memoryBytes memory that they share with nobody; 0 where the machine can't tell
     */
    record Usage(long processes, long memoryBytes) {
        /** Nothing works. */
        public static final Usage NOTHING = new Usage(0, 0);
    }

    /**
     * Tells how long the processes of an attempt that work now have computed.
     *
     * @param process the attempt
     * @return CPU time since each began, with that of their children that ended; empty where the machine can't tell
     */
    Optional<Duration> cpuTime(AttemptProcess process);

    /**
     * Ends what an attempt's process left behind after its end. Cheap if it left nothing. May be repeated; what is told of a
     * namespace's end is told again.
     *
     * @param process the attempt
     * @return what became of what it left
     */
    ProcessesEnded sweep(AttemptProcess process);

    /**
     * Calls back when a file of an attempt has changed, from any thread. A call may be missed where the operating system
     * can't tell of changes, so whoever follows must also look now and then.
     *
     * @param files the attempt
     * @param wakeUp called often; must be quick
     * @return ends the watch
     */
    Subscription follow(AttemptFiles files, Runnable wakeUp);

    /**
     * What to start.
     *
     * @param program absolute path of the program
     * @param arguments its arguments
     * @param environment its whole environment
     * @param files where it reads and writes
     * @param promptOnStdin whether it reads its prompt from stdin; if not, stdin is at its end from the start
     * @param marker names the attempt in the environment of everything it starts
     * @param largestFileBytes how large a file that it writes may become, where the machine can hold that; 0 for any size
     * @param firstLine what it is told first if it keeps running for more; then its stdin stays open. Empty if it does not
     */
    record LaunchOrder(
            String program,
            List<String> arguments,
            Map<String, String> environment,
            AttemptFiles files,
            boolean promptOnStdin,
            String marker,
            long largestFileBytes,
            Optional<String> firstLine) {
        /** Copies the collections and refuses null parts. */
        public LaunchOrder {
            Objects.requireNonNull(program);
            Objects.requireNonNull(files);
            Objects.requireNonNull(marker);
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
            Objects.requireNonNull(firstLine);
        }

        /**
         * Orders a process that is told its prompt and nothing more.
         *
         * @param program absolute path of the program
         * @param arguments its arguments
         * @param environment its whole environment
         * @param files where it reads and writes
         * @param promptOnStdin whether it reads its prompt from stdin
         * @param marker names the attempt in the environment of everything it starts
         * @param largestFileBytes how large a file that it writes may become; 0 for any size
         */
        public LaunchOrder(
                String program,
                List<String> arguments,
                Map<String, String> environment,
                AttemptFiles files,
                boolean promptOnStdin,
                String marker,
                long largestFileBytes) {
            this(program, arguments, environment, files, promptOnStdin, marker, largestFileBytes, Optional.empty());
        }
    }
}
