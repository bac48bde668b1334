package skillrunner.http.run;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import skillrunner.application.run.RunQuery;
import skillrunner.domain.problem.RefusedException;

/** How far back the page of runs looks; it goes along with the time, as {@code since} does not. */
enum RunAge {
    HOUR("1h", Duration.ofHours(1)),
    DAY("24h", Duration.ofHours(24)),
    WEEK("7d", Duration.ofDays(7));

    private static final String NAME = "within";

    private final String wire;
    private final Duration most;

    RunAge(String wire, Duration most) {
        this.wire = wire;
        this.most = most;
    }

    String wire() {
        return wire;
    }

    /** @throws RefusedException with {@code REQUEST_INVALID} for an age nobody offers */
    static Optional<RunAge> read(Context ctx) {
        return Optional.ofNullable(ctx.queryParam(NAME))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> Arrays.stream(values())
                        .filter(age -> age.wire.equals(text))
                        .findFirst()
                        .orElseThrow(() -> RefusedException.invalid(
                                "/" + NAME,
                                "must be one of "
                                        + Arrays.stream(values())
                                                .map(RunAge::wire)
                                                .collect(Collectors.joining(", ")))));
    }

    /** Narrows a query to what is not older. */
    RunQuery narrow(RunQuery query, Instant now) {
        return new RunQuery(
                query.statuses(),
                query.skill(),
                query.engine(),
                Optional.of(now.minus(most)),
                query.before(),
                query.limit());
    }

    /** The same as a part of a query string. */
    String parameter() {
        return NAME + "=" + wire;
    }
}
