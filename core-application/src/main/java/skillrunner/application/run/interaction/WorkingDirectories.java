package skillrunner.application.run.interaction;

import skillrunner.domain.run.RunId;

/** Says where engines work, for whoever has to agree to what they do there. Implementations are safe for concurrent use. */
@FunctionalInterface
public interface WorkingDirectories {
    /**
     * Names the working directory of an attempt's process.
     *
     * @param run the run
     * @param attempt the attempt
     * @return an absolute path of this machine
     */
    String of(RunId run, int attempt);
}
