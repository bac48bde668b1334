package skillrunner.http.run;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.ValueView;

/**
 * A part of a run's conversation as its page shows it.
 *
 * @param messages the texts
 * @param requestId the request
 * @param attempts the turns of which there is anything
 * @param before number of the first event that was looked at, so that what is earlier can be asked for; 0 if nothing is
 * @param cursor number of the last event that was looked at; what is newer follows it
 * @param more whether there are newer events by now
 * @param items what happened, in its order
 */
public record ConversationView(
        Messages messages,
        String requestId,
        List<Integer> attempts,
        long before,
        long cursor,
        boolean more,
        List<Item> items) {
    /** Copies the list. */
    public ConversationView {
        Objects.requireNonNull(messages);
        Objects.requireNonNull(requestId);
        attempts = List.copyOf(attempts);
        items = List.copyOf(items);
    }

    /** What an item is, which decides how it looks and by which switch it is hidden. */
    public enum Kind {
        /** The agent speaks. */
        MESSAGE("text"),
        /** A person, or whoever decided for one, answers. */
        REPLY(""),
        /** The agent asks. */
        QUESTION("prompt"),
        /** The run moved on. */
        STATE(""),
        /** The agent thinks. */
        THOUGHT(""),
        /** A tool is used. */
        TOOL("summary"),
        /** Something to be warned of, or what was used. */
        NOTE("");

        private final String said;

        Kind(String said) {
            this.said = said;
        }

        /**
         * Returns which member of its event has all of what was said, whatever is shown of it.
         *
         * @return the name, or nothing where there is no more
         */
        public String said() {
            return said;
        }

        /**
         * Returns the name in the page.
         *
         * @return lower case
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One thing that happened.
     *
     * @param kind what
     * @param seq number of the event
     * @param attempt the turn it belongs to
     * @param at when
     * @param title a few words; may be empty
     * @param html what was said, as HTML made by us; empty if it is plain
     * @param text what was said, plain; may be empty
     * @param outcome how it ended; may be empty
     * @param good whether that is good; null if nobody can tell
     * @param call the engine's name of the use of a tool, by which its beginning and its end are brought together; may be empty
     * @param value what was said, as data; null if it is none
     * @param raw address of the bytes it came from; empty if it came from none
     */
    public record Item(
            Kind kind,
            long seq,
            int attempt,
            Moment at,
            String title,
            String html,
            String text,
            String outcome,
            @Nullable Boolean good,
            String call,
            @Nullable ValueView value,
            String raw) {
        /** Refuses null parts. */
        public Item {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(at);
            Objects.requireNonNull(title);
            Objects.requireNonNull(html);
            Objects.requireNonNull(text);
            Objects.requireNonNull(outcome);
            Objects.requireNonNull(call);
            Objects.requireNonNull(raw);
        }

        /** The same, said as data. */
        Item withValue(@Nullable ValueView data) {
            return new Item(kind, seq, attempt, at, title, html, text, outcome, good, call, data, raw);
        }
    }
}
