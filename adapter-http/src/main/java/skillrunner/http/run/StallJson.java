package skillrunner.http.run;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.run.Stall;
import skillrunner.domain.run.StallKind;

/** Why a run says nothing. */
record StallJson(StallKind kind, Instant since) {
    static @Nullable StallJson of(Optional<Stall> stall) {
        return stall.map(it -> new StallJson(it.kind(), it.since())).orElse(null);
    }
}
