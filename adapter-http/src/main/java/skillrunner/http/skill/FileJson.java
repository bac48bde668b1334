package skillrunner.http.skill;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FilePreview;
import skillrunner.application.file.FileTree;

/** Files on the wire. */
final class FileJson {
    private FileJson() {}

    record Entry(String relPath, String name, boolean isDir, int depth) {
        static List<Entry> all(FileTree tree) {
            return tree.entries().stream().map(Entry::of).toList();
        }

        private static Entry of(FileEntry entry) {
            return new Entry(entry.path(), entry.name(), entry.directory(), entry.depth());
        }
    }

    record Preview(FilePreview.Mode mode, @Nullable String content, long size, String meta) {
        static Preview of(FilePreview preview) {
            return new Preview(preview.mode(), preview.content().orElse(null), preview.size(), meta(preview));
        }

        /** Size and encoding in one line, for example {@code 120 bytes, utf-8}. */
        private static String meta(FilePreview preview) {
            return preview.size() + " bytes"
                    + preview.encoding().map(name -> ", " + name).orElse("");
        }
    }
}
