package skillrunner.workspace.skill;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.files.FileTrees;

/** What an uploaded package is, once unpacked, wherever it is going: cleared of what nobody wants, and explained if refused. */
final class PackageContent {
    private static final int MOST_FINDINGS_TOLD = 20;

    private PackageContent() {}

    /** Whoever packs a working copy packs its history with it, which nobody wants to run. */
    static void removeRepositories(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                return found(visited) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                found(visited);
                return FileVisitResult.CONTINUE;
            }

            private boolean found(Path visited) {
                return visited.endsWith(".git") && found.add(visited);
            }
        });
        found.forEach(FileTrees::remove);
    }

    /** Says why a package is refused, as far as it fits into one answer. */
    static String told(List<PackageFinding> findings, Predicate<PackageFinding> refusing) {
        List<PackageFinding> reasons = findings.stream().filter(refusing).toList();
        String told = reasons.stream()
                .limit(MOST_FINDINGS_TOLD)
                .map(PackageFinding::text)
                .collect(Collectors.joining("; "));
        return reasons.size() <= MOST_FINDINGS_TOLD
                ? told
                : told + "; and " + (reasons.size() - MOST_FINDINGS_TOLD) + " more";
    }
}
