package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import skillrunner.domain.run.BundleKind;
import skillrunner.domain.run.RunFileRules;
import skillrunner.files.EntryKind;
import skillrunner.files.FolderListing;
import skillrunner.files.FoundEntry;
import skillrunner.files.UntrustedFolder;

/**
 * A file of a run that goes into a bundle.
 *
 * @param path its path in the bundle
 * @param servers whether it is the server's
 */
record BundleEntry(String path, boolean servers) {
    static final String RESULT = RunLayout.RESULT + "/result.json";

    private static final UntrustedFolder.Limits LIMITS = new UntrustedFolder.Limits(64, 100_000);

    /**
     * What a bundle is made of.
     *
     * @param entries the files by path
     * @param leftOut how many entries are no files that may be read, as far as they were counted
     * @param complete false if there is more, or deeper, than is named
     */
    record Selection(List<BundleEntry> entries, int leftOut, boolean complete) {}

    /** Chooses the files of a bundle. */
    static Selection select(RunFolder folder, BundleKind kind, RunFileRules rules) {
        FolderListing servers = folder.server(LIMITS, serversWanted(kind));
        FolderListing agents = folder.workspace(LIMITS, agentsWanted(kind, rules));
        SortedMap<String, BundleEntry> entries = new TreeMap<>(Comparator.naturalOrder());
        int leftOut = 0;
        for (FoundEntry entry : agents.entries()) {
            if (entry.kind() == EntryKind.FILE) {
                entries.put(entry.path(), new BundleEntry(entry.path(), false));
            } else if (entry.kind() != EntryKind.FOLDER) {
                leftOut++;
            }
        }
        for (FoundEntry entry : servers.entries()) {
            if (RunFolder.isServersFile(entry)) {
                entries.put(entry.path(), new BundleEntry(entry.path(), true));
            }
        }
        return new Selection(new ArrayList<>(entries.values()), leftOut, servers.complete() && agents.complete());
    }

    /** Opens it. @return empty if it is no such file any more */
    Optional<FileChannel> open(RunFolder folder) throws IOException {
        return servers ? folder.serverFile(path) : folder.workspaceFile(path);
    }

    /** In runs of earlier releases what the agent wrote lies beside this. */
    private static Predicate<String> serversWanted(BundleKind kind) {
        return switch (kind) {
            case RESULT -> path -> path.equals(RunLayout.RESULT) || path.equals(RESULT);
            case DEBUG ->
                path -> RunFileRules.isServers(path)
                        || path.equals(RunLayout.STATUS)
                        || path.equals(RunLayout.LOGS)
                        || path.startsWith(RunLayout.LOGS + "/");
        };
    }

    private static Predicate<String> agentsWanted(BundleKind kind, RunFileRules rules) {
        Predicate<String> shown = path -> !rules.isCredential(path);
        return switch (kind) {
            case RESULT ->
                shown.and(path -> path.equals(RunLayout.ARTIFACTS) || path.startsWith(RunLayout.ARTIFACTS + "/"));
            case DEBUG -> shown.and(path -> !RunFileRules.isServers(path) && !RunFileRules.isBundles(path));
        };
    }
}
