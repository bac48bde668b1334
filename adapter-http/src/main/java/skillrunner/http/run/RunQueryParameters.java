package skillrunner.http.run;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import skillrunner.application.engine.Engines;
import skillrunner.application.run.ListRuns;
import skillrunner.application.run.RunQuery;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.SkillId;

/** Which part of the list of runs a query string asks for. A filter without a value, as a form sends it, asks for
 * nothing. */
final class RunQueryParameters {
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Context ctx;
    private final Engines engines;

    RunQueryParameters(Context ctx, Engines engines) {
        this.ctx = ctx;
        this.engines = engines;
    }

    /** @throws RefusedException with {@code REQUEST_INVALID} that names the first parameter that can't be used */
    RunQuery read() {
        return new RunQuery(statuses(), skill(), engine(), since(), before(), limit());
    }

    private Set<RunStatus> statuses() {
        Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);
        ctx.queryParams("status").stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .forEach(text -> statuses.add(status(text)));
        return statuses;
    }

    private static RunStatus status(String text) {
        return Arrays.stream(RunStatus.values())
                .filter(status -> status.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> RefusedException.invalid(
                        "/status",
                        "must be one or more of "
                                + Arrays.stream(RunStatus.values())
                                        .map(RunStatus::wire)
                                        .collect(Collectors.joining(", "))));
    }

    private Optional<SkillId> skill() {
        return text("skill_id").map(text -> SkillId.parse(text)
                .orElseThrow(() -> RefusedException.invalid("/skill_id", "can't be the id of a skill")));
    }

    private Optional<EngineId> engine() {
        return text("engine").map(text -> engines.known().stream()
                .filter(engine -> engine.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> RefusedException.invalid("/engine", "must be one of " + engines.knownNames())));
    }

    private Optional<Instant> since() {
        return text("since").map(text -> {
            try {
                Instant since = moment(text);
                if (since.isBefore(Instant.EPOCH) || since.isAfter(LAST)) {
                    throw RefusedException.invalid("/since", "must be a moment from 1970 to 9999");
                }
                return since;
            } catch (DateTimeException e) {
                throw RefusedException.invalid("/since", "must be a moment such as 2026-11-29T08:30:00Z");
            }
        });
    }

    /** A moment without a zone is one of UTC. */
    private static Instant moment(String text) {
        // A plus sign that was not escaped arrives as a space.
        TemporalAccessor read = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                text.replace(' ', '+'), OffsetDateTime::from, LocalDateTime::from);
        return read instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(read).toInstant(ZoneOffset.UTC);
    }

    private Optional<Long> before() {
        return text("cursor").map(text -> {
            if (!text.matches("[1-9]\\d{0,17}")) {
                throw RefusedException.invalid("/cursor", "must be a next_cursor of this list");
            }
            return Long.parseLong(text);
        });
    }

    private int limit() {
        String text = ctx.queryParam("limit");
        if (text == null) {
            return ListRuns.DEFAULT_LIMIT;
        }
        int limit = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > ListRuns.MAX_LIMIT) {
            throw RefusedException.invalid("/limit", "must be a whole number from 1 to " + ListRuns.MAX_LIMIT);
        }
        return limit;
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(ctx.queryParam(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
