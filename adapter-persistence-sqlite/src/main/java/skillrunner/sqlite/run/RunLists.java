package skillrunner.sqlite.run;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import skillrunner.application.run.AwaitingRequest;
import skillrunner.application.run.RunListing;
import skillrunner.application.run.RunQuery;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.SkillId;
import skillrunner.sqlite.file.TimestampColumns;

/**
 * Asks for parts of the list of requests. A page costs what it shows: with filters, each status is looked up in an index that
 * ends with the sequence, and only then are the statuses merged.
 */
final class RunLists {
    /** A thousand rows with all that their engines wrote would not fit into memory. */
    private static final String COLUMNS =
            """
            SELECT q.seq AS sequence, q.request_id AS listed_request_id, q.kind AS listed_kind,
                   q.created_at AS requested_at, q.cache_hit AS listed_cache_hit, r.run_id, r.request_id, r.skill_id,
                   r.engine, r.status, r.attempt, r.fence, r.owner_node, r.lease_until, r.cancel_requested, r.error_code,
                   substr(r.error_message, 1, 501) AS error_message, NULL AS error_stderr, r.warnings,
                   r.recovery_state, r.recovered_at, r.recovery_reason, r.last_interaction,
                   r.pending_interaction, r.interaction_count, r.auto_decision_count, r.last_auto_decision_at, r.created_at, r.updated_at
            """;

    /** No request before the first of these came at the moment or later, so that the list is followed no further. */
    private static final String SINCE = " AND q.created_at >= :since AND q.seq >= coalesce("
            + "(SELECT reached.seq FROM requests reached WHERE reached.newest_at >= :since"
            + " ORDER BY reached.newest_at, reached.seq LIMIT 1), " + Long.MAX_VALUE + ")";

    private static final String END = " ORDER BY q.seq DESC LIMIT :limit";

    private final RunQuery query;

    RunLists(RunQuery query) {
        this.query = query;
    }

    List<RunListing> runs(Handle handle) {
        return bound(handle, COLUMNS + (isFiltered() ? filtered() : whole()))
                .registerRowMapper(ConstructorMapper.factory(RunListingRow.class))
                .mapTo(RunListingRow.class)
                .map(RunListingRow::toListing)
                .list();
    }

    List<AwaitingRequest> awaiting(Handle handle) {
        String sql = "SELECT q.request_id, q.skill_id, q.engine, q.created_at FROM requests q"
                + " WHERE q.removing_at IS NULL AND q.run_status IS NULL AND q.run_id IS NULL" + conditions() + END;
        return bound(handle, sql)
                .map((row, context) -> new AwaitingRequest(
                        new RequestId(row.getString("request_id")),
                        Optional.of(new SkillId(row.getString("skill_id"))),
                        new EngineId(row.getString("engine")),
                        TimestampColumns.moment(Mending.moment(row.getString("created_at"))),
                        Optional.empty()))
                .list();
    }

    private boolean isFiltered() {
        return !query.statuses().isEmpty()
                || query.skill().isPresent()
                || query.engine().isPresent();
    }

    private String whole() {
        return " FROM requests q CROSS JOIN runs r ON r.run_id = q.run_id WHERE q.removing_at IS NULL" + conditions()
                + END;
    }

    private String filtered() {
        Collection<RunStatus> statuses =
                query.statuses().isEmpty() ? Arrays.asList(RunStatus.values()) : query.statuses();
        String union = statuses.stream()
                .map(status -> "SELECT * FROM (SELECT q.seq FROM requests q WHERE q.removing_at IS NULL"
                        + " AND q.run_status = '" + status.wire() + "'" + conditions() + END + ")")
                .collect(Collectors.joining(" UNION ALL "));
        return " FROM (" + union + ") s CROSS JOIN requests q ON q.seq = s.seq CROSS JOIN runs r ON r.run_id = q.run_id"
                + END;
    }

    private String conditions() {
        StringBuilder conditions = new StringBuilder();
        query.skill().ifPresent(skill -> conditions.append(" AND q.skill_id = :skill"));
        query.engine().ifPresent(engine -> conditions.append(" AND q.engine = :engine"));
        query.since().ifPresent(since -> conditions.append(SINCE));
        query.before().ifPresent(before -> conditions.append(" AND q.seq < :before"));
        return conditions.toString();
    }

    private Query bound(Handle handle, String sql) {
        Query statement = handle.createQuery(sql).bind("limit", query.limit());
        query.skill().ifPresent(skill -> statement.bind("skill", skill.value()));
        query.engine().ifPresent(engine -> statement.bind("engine", engine.wire()));
        query.since().ifPresent(since -> statement.bind("since", TimestampColumns.text(since)));
        query.before().ifPresent(before -> statement.bind("before", before));
        return statement;
    }
}
