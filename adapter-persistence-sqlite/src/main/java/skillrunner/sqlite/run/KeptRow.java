package skillrunner.sqlite.run;

import skillrunner.domain.run.RetentionPolicy;

/** All runs that have ended, added up. */
public record KeptRow(long runs, long bytes) {
    RetentionPolicy.Kept toKept() {
        return new RetentionPolicy.Kept(runs, bytes);
    }
}
