package skillrunner.http.run;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.output.StreamStart;
import skillrunner.domain.problem.RefusedException;

/** From where, and what of a run a client wants to follow. */
final class EventParameters {
    private static final Pattern LAST_EVENT_ID = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,18})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final String LOG = "log";
    private static final String CHAT = "chat";

    private EventParameters() {}

    /** @throws RefusedException with {@code REQUEST_INVALID} that names the first parameter that can't be used */
    static StreamStart start(Context ctx) {
        long stdout = number(ctx, "stdout_from").orElse(0L);
        long stderr = number(ctx, "stderr_from").orElse(0L);
        Optional<Long> cursor = number(ctx, "cursor");
        Optional<Set<String>> streams = streams(ctx);
        boolean log = streams.map(named -> named.contains(LOG)).orElse(true);
        boolean chat = cursor.isPresent()
                || streams.filter(named -> named.contains(CHAT)).isPresent();
        return new StreamStart(stdout, stderr, log, chat ? Optional.of(cursor.orElse(0L)) : Optional.empty());
    }

    /**
     * Where a browser goes on, which sends the address that it was given first.
     *
     * @return empty if the client says nothing of that, or sends what is no id of an event
     */
    static Optional<StreamStart> resumed(Context ctx, StreamStart asked) {
        return Optional.ofNullable(ctx.header("Last-Event-ID"))
                .map(String::strip)
                .map(LAST_EVENT_ID::matcher)
                .filter(Matcher::matches)
                .map(id -> new StreamStart(
                        Long.parseLong(id.group(1)),
                        Long.parseLong(id.group(2)),
                        asked.log(),
                        asked.cursor().map(cursor -> Long.parseLong(id.group(3)))));
    }

    private static Optional<Set<String>> streams(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("streams")).map(text -> {
            Set<String> named =
                    Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
            if (!Set.of(LOG, CHAT).containsAll(named)) {
                throw RefusedException.invalid("/streams", "must be log, chat or both");
            }
            return named;
        });
    }

    private static Optional<Long> number(Context ctx, String name) {
        @Nullable String text = ctx.queryParam(name);
        if (text == null) {
            return Optional.empty();
        }
        if (!NUMBER.matcher(text).matches()) {
            throw RefusedException.invalid("/" + name, "must be a whole number of at least 0");
        }
        return Optional.of(Long.parseLong(text));
    }
}
