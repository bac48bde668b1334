package skillrunner.http.file;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FileTree;
import skillrunner.http.page.VisibleText;

/**
 * What a folder holds as a page shows it.
 *
 * @param nodes what lies directly in the folder
 * @param truncated whether there is more than is shown
 */
public record TreeView(List<Node> nodes, boolean truncated) {
    private static final int MAX_SHOWN = 5_000;

    /** Copies the list. */
    public TreeView {
        nodes = List.copyOf(nodes);
    }

    /**
     * A file or folder.
     *
     * @param name its name
     * @param directory whether it is a folder
     * @param open whether a folder shows what it holds
     * @param current whether it is the file that is shown
     * @param page address of the page that shows the file
     * @param fragment address of the preview alone
     * @param nodes what lies in it
     */
    public record Node(
            String name,
            boolean directory,
            boolean open,
            boolean current,
            String page,
            String fragment,
            List<Node> nodes) {
        /** Copies the list. */
        public Node {
            Objects.requireNonNull(name);
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * Where files are shown; the file is named in the query.
     *
     * @param page address of the page
     * @param fragment address of the preview alone
     */
    public record Addresses(String page, String fragment) {
        /** Refuses null parts. */
        public Addresses {
            Objects.requireNonNull(page);
            Objects.requireNonNull(fragment);
        }
    }

    /**
     * Shows a tree.
     *
     * @param tree what there is
     * @param addresses where its files are shown
     * @param current path of the file that is shown, or blank
     * @return what a page shows
     */
    public static TreeView of(FileTree tree, Addresses addresses, String current) {
        List<FileEntry> entries =
                tree.entries().subList(0, Math.min(MAX_SHOWN, tree.entries().size()));
        return new TreeView(
                nodes(entries, 0, addresses, current),
                tree.truncated() || tree.entries().size() > entries.size());
    }

    /** All entries lie below one folder, and those at this depth directly in it. */
    private static List<Node> nodes(List<FileEntry> entries, int depth, Addresses addresses, String current) {
        List<Node> nodes = new ArrayList<>();
        for (int at = 0; at < entries.size(); ) {
            FileEntry entry = entries.get(at);
            int end = at + 1;
            while (end < entries.size() && entries.get(end).depth() > depth) {
                end++;
            }
            String query = "path=" + encoded(entry.path());
            nodes.add(new Node(
                    VisibleText.of(entry.name()),
                    entry.directory(),
                    (depth == 0 && !entry.name().startsWith(".")) || current.startsWith(entry.path() + "/"),
                    entry.path().equals(current),
                    addresses.page() + "?" + query + "#preview",
                    addresses.fragment() + "?" + query,
                    nodes(entries.subList(at + 1, end), depth + 1, addresses, current)));
            at = end;
        }
        return nodes;
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
