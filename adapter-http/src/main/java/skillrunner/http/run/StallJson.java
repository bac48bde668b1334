package skillrunner.http.run;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.run.Stall;

/** Why a run says nothing. */
record StallJson(String kind, Instant since) {
    static @Nullable StallJson of(Optional<Stall> stall) {
        return stall.map(it -> new StallJson(it.kind().wire(), it.since())).orElse(null);
    }
}
