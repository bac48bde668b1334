package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import skillrunner.workspace.file.Digests;

/** Which files a run directory holds, and what changed between two looks. The product's own files do not count. */
final class FileSnapshots {
    private static final Set<String> OWN =
            Set.of("logs", "bundle", "result", "interactions", "status.json", "opencode.json");
    private static final long HASHED_UP_TO = 64L << 20;

    private FileSnapshots() {}

    /** Path to size, modification time and, for files of a sane size, digest. */
    static Map<String, Object> take(Path directory) throws IOException {
        Map<String, Object> files = new TreeMap<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return isOwn(directory, folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!isOwn(directory, file)) {
                    files.put(directory.relativize(file).toString().replace('\\', '/'), facts(file, attributes));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
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

    /** Files and folders of the engines begin with a dot; the rest has fixed names. */
    private static boolean isOwn(Path directory, Path file) {
        if (file.equals(directory)) {
            return false;
        }
        String top = directory.relativize(file).getName(0).toString();
        return top.startsWith(".") || OWN.contains(top);
    }

    private static Map<String, Object> facts(Path file, BasicFileAttributes attributes) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("size", attributes.size());
        facts.put("mtime", attributes.lastModifiedTime().toInstant().toString());
        if (attributes.isRegularFile() && attributes.size() <= HASHED_UP_TO) {
            facts.put("sha256", Digests.sha256(List.of(file)));
        }
        return facts;
    }

    private static Object content(Object facts) {
        Map<?, ?> map = (Map<?, ?>) facts;
        Object digest = map.get("sha256");
        return digest == null ? List.of(String.valueOf(map.get("size")), String.valueOf(map.get("mtime"))) : digest;
    }
}
