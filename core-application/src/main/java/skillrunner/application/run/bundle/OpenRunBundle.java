package skillrunner.application.run.bundle;

import java.io.InputStream;
import java.util.Objects;
import java.util.function.BiPredicate;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.journal.KeepJournal;
import skillrunner.application.run.result.ReadRunResult;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.BundleKind;
import skillrunner.domain.run.Run;

/** Gives clients what a run left, in one archive. Safe for concurrent use. */
public final class OpenRunBundle {
    private final FindRun findRun;
    private final ReadRunResult results;
    private final RunBundles bundles;
    private final KeepJournal journal;

    public OpenRunBundle(FindRun findRun, ReadRunResult results, RunBundles bundles, KeepJournal journal) {
        this.findRun = Objects.requireNonNull(findRun);
        this.results = Objects.requireNonNull(results);
        this.bundles = Objects.requireNonNull(bundles);
        this.journal = Objects.requireNonNull(journal);
    }

    /**
     * An archive that is made while it is read.
     *
     * @param kind what it holds
     * @param content its bytes; whoever has them closes them
     */
    public record Bundle(BundleKind kind, InputStream content) {
        /** Refuses null parts. */
        public Bundle {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(content);
        }
    }

    /**
     * Opens the bundle that the request asked for by its options. A run that works is packed as it is now, with its journal told as far as it
     * can be.
     *
     * @param found the run and the request
     * @param says tells whether what lies on disk is a whole result of a run, as for {@link ReadRunResult#read}
     * @return the bundle
     * @throws RefusedException with {@code RESULT_NOT_FOUND} if the run has left nothing yet, or its answer was lost; with
     *     {@code SERVER_BUSY} as {@link RunBundles#pack} does
     */
    public Bundle open(FindRun.Found found, BiPredicate<StoredBytes, Run> says) {
        Run run = found.run();
        BundleKind kind = BundleKind.of(found.request().options());
        if (run.status().isTerminal() && kind == BundleKind.RESULT) {
            results.read(run, says);
        }
        if (kind == BundleKind.DEBUG) {
            journal.settle(run.id());
        }
        return bundles.pack(run, kind, findRun.lastAttempt(run))
                .map(content -> new Bundle(kind, content))
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.RESULT_NOT_FOUND, "The run is " + run.status().wire() + " and has left no files"));
    }
}
