package skillrunner.sqlite.run;

import org.jspecify.annotations.Nullable;
import skillrunner.domain.run.RetentionPolicy;
import skillrunner.domain.run.RunId;
import skillrunner.sqlite.file.TimestampColumns;

/** What retention wants to know of a row of {@code runs}. A moment that can't be read counts as long ago. */
public record EndedRunRow(String runId, String updatedAt, @Nullable Long folderBytes) {
    RetentionPolicy.EndedRun toEndedRun() {
        return new RetentionPolicy.EndedRun(
                new RunId(runId),
                TimestampColumns.moment(Mending.moment(updatedAt)),
                folderBytes == null ? 0 : folderBytes);
    }
}
