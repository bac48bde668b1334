package skillrunner.http.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.output.StreamFrame;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunStatus;

/** What the events of a run say. */
final class EventJson {
    private EventJson() {}

    record Snapshot(
            RunStatus status,
            long stdoutOffset,
            long stderrOffset,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long cursor,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer pendingInteractionId) {
        static Snapshot of(StreamFrame.Snapshot frame) {
            return new Snapshot(
                    frame.status(),
                    frame.stdoutOffset(),
                    frame.stderrOffset(),
                    frame.cursor().orElse(null),
                    frame.pending().orElse(null));
        }
    }

    record Output(long from, long to, String chunk) {
        static Output of(StreamFrame.Output frame) {
            return new Output(frame.from(), frame.to(), frame.text());
        }
    }

    record Status(
            RunStatus status,
            Instant updatedAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RunFailureCode errorCode,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer pendingInteractionId,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable StallJson stall) {
        static Status of(StreamFrame.Status frame) {
            return new Status(
                    frame.status(),
                    frame.updatedAt(),
                    frame.error().orElse(null),
                    frame.pending().orElse(null),
                    StallJson.of(frame.stall()));
        }
    }

    record End(String reason, @JsonInclude(JsonInclude.Include.NON_NULL) JobJson.@Nullable Receipt receipt) {
        static End of(StreamFrame.End frame) {
            return new End(
                    frame.reason(), frame.receipt().map(JobJson.Receipt::of).orElse(null));
        }
    }

    record Heartbeat(Instant ts) {}
}
