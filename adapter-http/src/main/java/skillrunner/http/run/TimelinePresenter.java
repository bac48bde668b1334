package skillrunner.http.run;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RequestId;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.VisibleText;

/** Says in plain words what an event of any stream is; its type stands beside them and never alone. Safe for concurrent use. */
final class TimelinePresenter {
    private static final int LONGEST_DETAIL = 300;

    private static final String WARNING = "diagnostic.warning";

    /** The member that says most, in this order. */
    private static final List<String> SAYING = List.of(
            "text",
            "prompt",
            "response_preview",
            "message",
            "line",
            "detail",
            "model",
            "session_id",
            "reason",
            "policy");

    private TimelinePresenter() {}

    static TimelineView view(RequestId request, TimelineParts.Part part, Messages messages) {
        return new TimelineView(
                messages,
                query(part.place()),
                part.more(),
                part.rows().stream().map(row -> row(request, row, messages)).toList());
    }

    private static TimelineView.Row row(RequestId request, JournalRow row, Messages messages) {
        return new TimelineView.Row(
                row.stream().wire(),
                messages.text("event.stream." + row.stream().wire()),
                row.seq(),
                row.attempt(),
                Moment.of(row.at()),
                words(row, messages),
                cut(detail(row, messages)),
                VisibleText.of(row.type()),
                row.address(request));
    }

    private static String words(JournalRow row, Messages messages) {
        if (row.type().equals(WARNING)) {
            return EventWords.warning(row.text("code"), messages);
        }
        String key = "event." + row.type();
        return messages.has(key) ? messages.text(key) : messages.text("event.unknown");
    }

    private static String detail(JournalRow row, Messages messages) {
        String type = row.type();
        if (type.equals(WARNING)) {
            return EventWords.warningDetail(row);
        }
        if (type.endsWith(".usage")) {
            return EventWords.usage(row, messages);
        }
        if (type.endsWith(".tool_call") || type.endsWith(".tool_result")) {
            return joined(
                    EventWords.tool(row.text("tool"), messages),
                    row.text("summary"),
                    EventWords.outcome(row, messages));
        }
        if (type.equals("conversation.state.changed")) {
            return joined(EventWords.known("talk.state." + row.text("trigger"), "", messages));
        }
        if (row.data().get("error") instanceof Map<?, ?> error) {
            return EventWords.known("failure." + error.get("code"), String.valueOf(error.get("code")), messages);
        }
        return joined(
                EventWords.known("status." + row.text("status"), row.text("status"), messages),
                EventWords.known("event.completion." + row.text("state"), row.text("state"), messages),
                SAYING.stream()
                        .map(row::text)
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .orElse(""));
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isBlank()).collect(Collectors.joining(" · "));
    }

    private static String query(TimelineParts.Place place) {
        return Stream.concat(
                        Stream.of("place=" + place.attempt()),
                        Stream.of(JournalStream.values()).map(stream -> stream.wire() + "=" + place.of(stream)))
                .collect(Collectors.joining("&"));
    }

    private static String cut(String text) {
        String shown = VisibleText.of(text.strip());
        return shown.length() <= LONGEST_DETAIL ? shown : shown.substring(0, LONGEST_DETAIL) + "…";
    }
}
