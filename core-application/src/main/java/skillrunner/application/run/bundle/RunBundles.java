package skillrunner.application.run.bundle;

import java.io.InputStream;
import java.util.Optional;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.BundleKind;
import skillrunner.domain.run.Run;

/**
 * Packs the files of runs as zip archives. Only regular files of one name are packed, at the size they have when their turn
 * comes; links, pipes, sockets, devices, hard links and what engines sign in with are left out, whoever made them and whatever
 * is swapped meanwhile. The files stand in the order of their paths with a time that says nothing, and last comes the manifest:
 * {@code files} with path, size and SHA-256 of each, the run, its receipt, how its processes ended and what its engine told,
 * whether anything was left out. A run whose files
 * rest is packed to the same bytes each time. Safe for concurrent use.
 */
public interface RunBundles {
    /**
     * Packs a run while the archive is read; nothing is kept, and no file is ever whole in memory.
     *
     * @param run the run
     * @param kind what to pack
     * @param last the attempt it ended with; empty while it works
     * @return the archive, to be read by one thread at a time and closed by the caller; reading fails if a file can't be read;
     *     empty if the run has no files, not even those of the server
     * @throws skillrunner.domain.problem.RefusedException with {@code SERVER_BUSY} if archives under way hold as much memory as
     *     they may
     */
    Optional<InputStream> pack(Run run, BundleKind kind, Optional<Attempt> last);
}
