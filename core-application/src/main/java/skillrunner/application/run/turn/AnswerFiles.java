package skillrunner.application.run.turn;

import java.util.Objects;
import skillrunner.domain.run.RunId;

/** The files that an answer names. Implementations trust neither the name nor what lies there, and may be asked again. */
public interface AnswerFiles {
    /**
     * Makes a named file an artifact: one that lies elsewhere in the run directory is copied below {@code artifacts/}, under
     * its path in the run directory.
     *
     * @param run a run whose processes have ended
     * @param named what the answer says: a path in the run directory, absolute, or relative to it or to {@code artifacts/}
     * @return what became of it
     */
    Taking take(RunId run, String named);

    /** What became of a named file. */
    sealed interface Taking {
        /**
         * It is an artifact.
         *
         * @param path its path, which begins with {@code artifacts/}
         */
        record Taken(String path) implements Taking {
            /** Refuses null parts. */
            public Taken {
                Objects.requireNonNull(path);
            }
        }

        /**
         * It can't be one.
         *
         * @param reason why, as a clause
         */
        record Refused(String reason) implements Taking {
            /** Refuses null parts. */
            public Refused {
                Objects.requireNonNull(reason);
            }
        }
    }
}
