package skillrunner.sqlite.run;

import org.jdbi.v3.core.mapper.Nested;
import skillrunner.application.run.RunListing;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RequestKind;
import skillrunner.sqlite.file.TimestampColumns;

/** A run beside the request it is listed under. */
public record RunListingRow(
        long sequence,
        String listedRequestId,
        String listedKind,
        String requestedAt,
        boolean listedCacheHit,
        @Nested RunRow run) {
    RunListing toListing() {
        return new RunListing(
                sequence,
                new RequestId(listedRequestId),
                RequestKind.of(listedKind),
                TimestampColumns.moment(requestedAt),
                listedCacheHit,
                run.toRun());
    }
}
