package skillrunner.http.run;

import java.util.Locale;
import skillrunner.domain.journal.DiagnosticCode;
import skillrunner.http.page.Messages;
import skillrunner.http.page.VisibleText;

/** Plain words for what stands in events as a name that programs agreed on. */
final class EventWords {
    private static final int LONGEST_NAME = 100;

    private EventWords() {}

    /** A text, or what stands for it where there is none. */
    static String known(String key, String otherwise, Messages messages) {
        return messages.has(key) ? messages.text(key) : otherwise;
    }

    /** What a warning of an event says. A code that is not known stands behind words. */
    static String warning(String code, Messages messages) {
        String note = "talk.note." + code;
        return known(
                messages.has(note) ? note : "warning." + code,
                messages.text("talk.note") + ": " + VisibleText.of(code),
                messages);
    }

    /** What a warning says of its own; nothing if that is a word for programs, which its code has told a person already. */
    static String warningDetail(JournalRow row) {
        return row.text("code").equals(DiagnosticCode.SIGN_IN_ASKED.name()) ? "" : row.text("detail");
    }

    /** A tool in plain words, if it is one of those that agents have in common; else as what it is, and its name. */
    static String tool(String name, Messages messages) {
        if (name.isEmpty()) {
            return messages.text("talk.tool");
        }
        String shown = VisibleText.of(name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…");
        return known(
                "talk.tool.name." + name.toLowerCase(Locale.ROOT), messages.text("talk.tool.other", shown), messages);
    }

    /** How a tool ended; nothing if it has not, or nobody can tell. */
    static String outcome(JournalRow row, Messages messages) {
        return row.data().get("exit_code") instanceof Number code
                ? messages.text("talk.tool.exit", code.toString())
                : known("talk.tool." + row.text("ending"), "", messages);
    }

    /** What was used, and since when it counts. */
    static String usage(JournalRow row, Messages messages) {
        return messages.counted(
                row.text("span").equals("session") ? "talk.usage.session" : "talk.usage",
                row.number("input_tokens"),
                messages.number(row.number("output_tokens")));
    }
}
