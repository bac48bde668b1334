package skillrunner.http.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import skillrunner.application.run.ListRuns;
import skillrunner.application.run.RunQuery;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RunStatus;
import skillrunner.http.WireFormat;
import skillrunner.http.page.Messages;

/**
 * What the list of runs is narrowed to.
 *
 * @param statuses what can be chosen
 * @param engines what can be chosen
 * @param ages what can be chosen
 * @param skill the id of the only skill that is shown; may be empty
 * @param limit how many are shown at once; empty if nobody says so
 * @param active whether anything is left out
 * @param query the same as a query string, without a cursor; may be empty
 * @param here the same with the cursor, to ask for what is shown again
 */
public record RunFilterView(
        List<Choice> statuses,
        List<Choice> engines,
        List<Choice> ages,
        String skill,
        String limit,
        boolean active,
        String query,
        String here) {
    /** Copies the lists. */
    public RunFilterView {
        statuses = List.copyOf(statuses);
        engines = List.copyOf(engines);
        ages = List.copyOf(ages);
    }

    /**
     * Something that can be chosen.
     *
     * @param value its wire name
     * @param label its name in the reader's language
     * @param chosen whether it is chosen
     */
    public record Choice(String value, String label, boolean chosen) {}

    static RunFilterView of(RunQuery query, Optional<RunAge> within, List<EngineId> engines, Messages messages) {
        List<String> parts = new ArrayList<>();
        if (!query.statuses().isEmpty()) {
            parts.add("status="
                    + query.statuses().stream().map(RunStatus::wire).sorted().collect(Collectors.joining(",")));
        }
        query.skill().ifPresent(skill -> parts.add("skill_id=" + skill));
        query.engine().ifPresent(engine -> parts.add("engine=" + engine));
        within.map(RunAge::parameter)
                .or(() -> query.since()
                        .map(since -> "since=" + URLEncoder.encode(WireFormat.moment(since), StandardCharsets.UTF_8)))
                .ifPresent(parts::add);
        boolean active = !parts.isEmpty();
        String limit = query.limit() == ListRuns.DEFAULT_LIMIT ? "" : Integer.toString(query.limit());
        if (!limit.isEmpty()) {
            parts.add("limit=" + limit);
        }
        String filters = String.join("&", parts);
        query.before().ifPresent(before -> parts.add("cursor=" + before));
        return new RunFilterView(
                Arrays.stream(RunStatus.values())
                        .map(status -> new Choice(
                                status.wire(),
                                messages.text("status." + status.wire()),
                                query.statuses().contains(status)))
                        .toList(),
                engines.stream()
                        .map(engine -> new Choice(
                                engine.wire(),
                                engine.wire(),
                                query.engine().filter(engine::equals).isPresent()))
                        .toList(),
                Arrays.stream(RunAge.values())
                        .map(age -> new Choice(
                                age.wire(),
                                messages.text("runs.within." + age.wire()),
                                within.filter(age::equals).isPresent()))
                        .toList(),
                query.skill().map(Object::toString).orElse(""),
                limit,
                active,
                filters,
                String.join("&", parts));
    }

    /**
     * Asks for what comes after an entry.
     *
     * @param cursor its number
     * @return an address below the list
     */
    public String after(String cursor) {
        return "?" + (query.isEmpty() ? "" : query + "&") + "cursor=" + cursor;
    }
}
