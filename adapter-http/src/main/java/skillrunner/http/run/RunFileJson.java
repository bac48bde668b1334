package skillrunner.http.run;

import java.util.List;
import skillrunner.application.run.file.BrowseRunFiles;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.http.file.FileDocument;

/** Files of a run on the wire. */
final class RunFileJson {
    private RunFileJson() {}

    record Files(RequestId requestId, RunId runId, List<FileDocument.Entry> entries, boolean truncated) {
        static Files of(RequestId request, BrowseRunFiles.Found found) {
            return new Files(
                    request,
                    found.run(),
                    FileDocument.Entry.all(found.tree()),
                    found.tree().truncated());
        }
    }

    record Preview(RequestId requestId, RunId runId, String path, FileDocument.Preview preview) {
        static Preview of(RequestId request, String path, BrowseRunFiles.Shown shown) {
            return new Preview(request, shown.run(), path, FileDocument.Preview.of(shown.preview()));
        }
    }
}
