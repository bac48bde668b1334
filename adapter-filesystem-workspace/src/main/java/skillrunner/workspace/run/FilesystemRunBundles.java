package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.bundle.RunBundles;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.BundleKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFileRules;

/** Bundles of run directories. Safe for concurrent use. */
public final class FilesystemRunBundles implements RunBundles {
    /** All names of files that bundles under way hold, in bytes; one bundle is always let in. */
    private static final long MOST_HELD = 64L << 20;

    /** What an entry costs beside its path: objects before its turn, a packed digest after it. */
    private static final int ENTRY_BYTES = 160;

    private final RunLayout layout;
    private final JsonText json;
    private final RunFileRules rules;
    private final AtomicLong held = new AtomicLong();

    public FilesystemRunBundles(RunLayout layout, JsonText json, RunFileRules rules) {
        this.layout = Objects.requireNonNull(layout);
        this.json = Objects.requireNonNull(json);
        this.rules = Objects.requireNonNull(rules);
    }

    @Override
    public Optional<InputStream> pack(Run run, BundleKind kind, Optional<Attempt> last) {
        return RunFolder.open(layout, run.id()).map(folder -> packed(folder, run, kind, last));
    }

    private InputStream packed(RunFolder folder, Run run, BundleKind kind, Optional<Attempt> last) {
        try {
            BundleEntry.Selection selection = BundleEntry.select(folder, kind, rules);
            long weight = weight(selection.entries());
            hold(weight);
            return new BundleStream(folder, run, kind, last, selection, json, () -> held.addAndGet(-weight));
        } catch (IOException e) {
            folder.close();
            throw new StorageFaultException(e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private void hold(long weight) {
        long before = held.getAndAdd(weight);
        if (before > 0 && before + weight > MOST_HELD) {
            held.addAndGet(-weight);
            throw new RefusedException(
                    ErrorCode.SERVER_BUSY, "The server packs other bundles of many files; try again in a moment");
        }
    }

    private static long weight(List<BundleEntry> entries) {
        return entries.stream()
                .mapToLong(entry -> entry.path().length() * 2L + ENTRY_BYTES)
                .sum();
    }
}
