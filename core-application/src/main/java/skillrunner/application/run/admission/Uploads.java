package skillrunner.application.run.admission;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import skillrunner.domain.run.RequestId;

/** Files uploaded for requests that have not started. Implementations are safe for concurrent use. */
public interface Uploads {
    /**
     * Unpacks a zip archive as a request's files, replacing an earlier upload in one step. Nothing is ever written
     * outside the request's folder, and nothing stays of an archive that is refused.
     *
     * @param request the request
     * @param archive the bytes
     * @return the files, sorted, with {@code /} between segments
     * @throws skillrunner.domain.problem.RefusedException with {@code ARCHIVE_INVALID}, saying which rule is broken
     * @throws IOException if the sender broke off
     */
    List<String> store(RequestId request, InputStream archive) throws IOException;

    /**
     * Hashes a request's files.
     *
     * @param request the request
     * @return path to {@code sha256} and {@code size}, sorted; empty without an upload
     */
    Map<String, FileDigest> digests(RequestId request);

    /**
     * Forgets a request's files.
     *
     * @param request the request
     */
    void discard(RequestId request);

    /**
     * What a file holds.
     *
     * @param sha256 digest in lower-case hex
     * @param size bytes
     */
    record FileDigest(String sha256, long size) {}
}
