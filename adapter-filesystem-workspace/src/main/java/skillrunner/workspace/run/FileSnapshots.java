package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import skillrunner.files.EntryKind;
import skillrunner.files.FolderListing;
import skillrunner.files.FoundEntry;
import skillrunner.files.UntrustedFolder;
import skillrunner.workspace.file.Digests;

/**
 * Which files a workspace holds, and what changed between two looks. What the engines put there does not count: files and
 * folders that begin with a dot, and those that are named as theirs. What is passed over (links, pipes, devices, files of several names) is on record with its kind and
 * never opened.
 */
final class FileSnapshots {
    /** What the server keeps beside the agent's files in runs of earlier releases. */
    private static final Set<String> SERVERS_OWN = Set.of("logs", "bundle", "result", "interactions", "status.json");

    private static final UntrustedFolder.Limits LIMITS = new UntrustedFolder.Limits(64, 100_000);
    private static final long HASHED_UP_TO = 64L << 20;

    /** So that many large files, which may take no space at all, don't keep a run from ending. */
    private static final long HASHED_IN_ALL = 1L << 30;

    private FileSnapshots() {}

    /**
     * Path to size, modification time and, for files of a sane size, digest.
     *
     * @param files the facts, by path
     * @param listing what was found, also what was passed over
     */
    record Snapshot(Map<String, Object> files, FolderListing listing) {}

    static Snapshot take(UntrustedFolder workspace, boolean shared, Set<String> engines) {
        FolderListing listing = workspace.list(LIMITS, path -> counts(path, shared, engines));
        Map<String, Object> files = new TreeMap<>();
        long left = HASHED_IN_ALL;
        for (FoundEntry entry : listing.entries()) {
            if (entry.kind() == EntryKind.FOLDER) {
                continue;
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            if (entry.kind() == EntryKind.FILE) {
                facts.put("size", entry.size());
                facts.put("mtime", entry.modified().toString());
                if (entry.size() <= Math.min(HASHED_UP_TO, left)) {
                    left -= entry.size();
                    digest(workspace, entry).ifPresent(digest -> facts.put("sha256", digest));
                }
            } else {
                facts.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
            }
            files.put(entry.path(), facts);
        }
        return new Snapshot(files, listing);
    }

    /** Sorted lists of paths under {@code created}, {@code modified} and {@code deleted}. */
    static Map<String, Object> difference(Map<String, Object> before, Map<String, Object> after) {
        List<String> created = new ArrayList<>();
        List<String> modified = new ArrayList<>();
        after.forEach((path, facts) -> {
            Object earlier = before.get(path);
            if (earlier == null) {
                created.add(path);
            } else if (!Objects.equals(content(earlier), content(facts))) {
                modified.add(path);
            }
        });
        List<String> deleted = before.keySet().stream()
                .filter(path -> !after.containsKey(path))
                .toList();
        Map<String, Object> difference = new LinkedHashMap<>();
        difference.put("created", created.stream().sorted().toList());
        difference.put("modified", modified.stream().sorted().toList());
        difference.put("deleted", deleted.stream().sorted().toList());
        return difference;
    }

    private static boolean counts(String path, boolean shared, Set<String> engines) {
        int slash = path.indexOf('/');
        String top = slash < 0 ? path : path.substring(0, slash);
        return !top.startsWith(".") && !engines.contains(top) && !(shared && SERVERS_OWN.contains(top));
    }

    /** A file that went, grew or was swapped meanwhile has no digest, or that of what was there. */
    private static Optional<String> digest(UntrustedFolder workspace, FoundEntry entry) {
        Optional<FileChannel> opened = workspace.file(entry.path());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (FileChannel channel = opened.get()) {
            return Optional.of(Digests.sha256(channel, HASHED_UP_TO));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Object content(Object facts) {
        Map<?, ?> map = (Map<?, ?>) facts;
        Object digest = map.get("sha256");
        return digest == null
                ? List.of(
                        String.valueOf(map.get("kind")),
                        String.valueOf(map.get("size")),
                        String.valueOf(map.get("mtime")))
                : digest;
    }
}
