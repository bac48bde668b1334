package skillrunner.workspace.run;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.admission.Uploads;
import skillrunner.application.run.result.RunRecords;
import skillrunner.application.run.retention.Belongings;
import skillrunner.application.run.retention.FolderMeter;
import skillrunner.application.run.temporary.TempPackages;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.files.UntrustedFolder;

/** The folders of runs, and the files and skills that were uploaded for requests. Safe for concurrent use. */
public final class FilesystemRunBelongings implements Belongings, FolderMeter {
    private final RunLayout layout;
    private final RunRecords records;
    private final Uploads uploads;
    private final TempPackages packages;

    public FilesystemRunBelongings(RunLayout layout, RunRecords records, Uploads uploads, TempPackages packages) {
        this.layout = Objects.requireNonNull(layout);
        this.records = Objects.requireNonNull(records);
        this.uploads = Objects.requireNonNull(uploads);
        this.packages = Objects.requireNonNull(packages);
    }

    @Override
    public void removeOf(RunId run) {
        records.remove(run);
    }

    @Override
    public void removeOf(RequestId request) {
        uploads.discard(request);
        packages.remove(request);
    }

    /** Without {@code logs/}, whose files are those of the audit under other names. */
    @Override
    public long bytes(RunId run) {
        if (layout.isShared(run)) {
            return bytesBelow(run);
        }
        return bytesBelow(run, RunLayout.WORKSPACE)
                + bytesBelow(run, RunLayout.AUDIT)
                + bytesBelow(run, RunLayout.RESULT);
    }

    private long bytesBelow(RunId run, String... folder) {
        Optional<UntrustedFolder> opened = UntrustedFolder.open(layout.run(run), folder);
        if (opened.isEmpty()) {
            return 0;
        }
        try (UntrustedFolder measured = opened.get()) {
            return measured.measure(Long.MAX_VALUE).bytes();
        }
    }
}
