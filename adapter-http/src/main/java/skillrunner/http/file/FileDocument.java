package skillrunner.http.file;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;

/** Files on the wire, the same for skills and for runs. */
public final class FileDocument {
    private FileDocument() {}

    /**
     * What lies in a folder.
     *
     * @param relPath its path below the folder
     * @param name its last part
     * @param isDir whether it is a folder
     * @param depth how many folders lie between
     */
    public record Entry(String relPath, String name, boolean isDir, int depth) {
        /**
         * Maps a tree.
         *
         * @param tree what there is
         * @return its entries
         */
        public static List<Entry> all(FileTree tree) {
            return tree.entries().stream().map(Entry::of).toList();
        }

        private static Entry of(FileEntry entry) {
            return new Entry(entry.path(), entry.name(), entry.directory(), entry.depth());
        }
    }

    /**
     * What a person sees of a file.
     *
     * @param mode whether it can be shown
     * @param content its text, or null
     * @param size its bytes
     * @param meta size and encoding in one line
     */
    public record Preview(FilePreview.Mode mode, @Nullable String content, long size, String meta) {
        /**
         * Maps a preview.
         *
         * @param preview what is shown
         * @return the record
         */
        public static Preview of(FilePreview preview) {
            return new Preview(preview.mode(), preview.content().orElse(null), preview.size(), meta(preview));
        }

        /** Size and encoding in one line, for example {@code 120 bytes, utf-8}. */
        private static String meta(FilePreview preview) {
            return preview.size()
                    + (preview.size() == 1 ? " byte" : " bytes")
                    + preview.encoding().map(name -> ", " + name).orElse("");
        }
    }
}
