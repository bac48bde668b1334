package skillrunner.testkit.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import skillrunner.application.run.admission.Uploads;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.testkit.storage.ScriptedDisk;

/**
 * Uploaded files in maps. An "archive" is text: one line {@code name=content} for each file; a line without {@code =} is
 * refused. Safe for concurrent use.
 */
public final class InMemoryUploads implements Uploads {
    private final ScriptedDisk disk;
    private final Map<RequestId, TreeMap<String, String>> files = new HashMap<>();

    /**
     * Makes an empty store.
     *
     * @param disk asked before each change
     */
    public InMemoryUploads(ScriptedDisk disk) {
        this.disk = Objects.requireNonNull(disk);
    }

    @Override
    public List<String> store(RequestId request, InputStream archive) throws IOException {
        TreeMap<String, String> unpacked = new TreeMap<>();
        for (String line : new String(archive.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            int border = line.indexOf('=');
            if (border < 1) {
                throw new RefusedException(ErrorCode.ARCHIVE_INVALID, "not an archive");
            }
            unpacked.put(line.substring(0, border), line.substring(border + 1));
        }
        disk.midway("upload");
        synchronized (this) {
            disk.beforeWrite("upload");
            files.put(request, unpacked);
        }
        return List.copyOf(unpacked.keySet());
    }

    @Override
    public synchronized Map<String, FileDigest> digests(RequestId request) {
        Map<String, FileDigest> digests = new TreeMap<>();
        files.getOrDefault(request, new TreeMap<>())
                .forEach((name, text) ->
                        digests.put(name, new FileDigest(Integer.toHexString(text.hashCode()), text.length())));
        return digests;
    }

    @Override
    public synchronized void discard(RequestId request) {
        files.remove(request);
    }

    /** Hands a request's files over to its run; a second time there are none. */
    synchronized Map<String, String> move(RequestId request) {
        TreeMap<String, String> moved = files.remove(request);
        return moved == null ? new TreeMap<>() : moved;
    }
}
