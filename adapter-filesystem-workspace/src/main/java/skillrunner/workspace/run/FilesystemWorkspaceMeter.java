package skillrunner.workspace.run;

import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.quota.WorkspaceMeter;
import skillrunner.domain.run.RunId;
import skillrunner.files.FolderSize;
import skillrunner.files.UntrustedFolder;

/** Measures workspaces by walking through them. Safe for concurrent use. */
public final class FilesystemWorkspaceMeter implements WorkspaceMeter {
    private final RunLayout layout;

    public FilesystemWorkspaceMeter(RunLayout layout) {
        this.layout = Objects.requireNonNull(layout);
    }

    @Override
    public Measure measure(RunId run, long enoughFiles) {
        Optional<UntrustedFolder> opened = UntrustedFolder.open(layout.run(run), layout.inWorkspace(run));
        if (opened.isEmpty()) {
            return Measure.NOTHING;
        }
        try (UntrustedFolder workspace = opened.get()) {
            FolderSize size = workspace.measure(enoughFiles);
            return new Measure(size.bytes(), size.entries());
        }
    }
}
