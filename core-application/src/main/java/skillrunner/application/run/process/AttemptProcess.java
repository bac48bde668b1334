package skillrunner.application.run.process;

import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.AgentProcess;

/**
 * What is known of an attempt's process without looking at it.
 *
 * @param files where it reads and writes
 * @param marker names the attempt in the environment of everything it starts
 * @param known who it is, as the database remembers; where it does not, the files are asked, which others may have written
 */
public record AttemptProcess(AttemptFiles files, String marker, Optional<AgentProcess> known) {
    /** Refuses null parts. */
    public AttemptProcess {
        Objects.requireNonNull(files);
        Objects.requireNonNull(marker);
        Objects.requireNonNull(known);
    }
}
