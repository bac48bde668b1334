package skillrunner.commandline.run;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import skillrunner.commandline.server.Json;
import skillrunner.commandline.terminal.Console;
import tools.jackson.databind.node.ObjectNode;

/** Shows what happens to a run, for people or as one JSON document in each line. */
final class RunDisplay {
    /** One cut alone is nothing: servers end streams that are open for long. */
    private static final int TOLD_AT = 2;

    private final Console console;
    private final Shown shown;
    private final boolean json;
    private final Set<String> warned = new HashSet<>();
    private String status = "";
    private int lost;

    RunDisplay(Console console, Shown shown, boolean json) {
        this.console = Objects.requireNonNull(console);
        this.shown = Objects.requireNonNull(shown);
        this.json = json;
    }

    void show(Happening happening) {
        if (happening instanceof Happening.Lost gone) {
            lost++;
            if (lost == TOLD_AT) {
                console.noteFaintly("-- the server can't be heard (" + gone.why() + "); trying again");
            }
            return;
        }
        if (lost >= TOLD_AT) {
            console.noteFaintly("-- the server is heard again");
        }
        lost = 0;
        if (happening instanceof Happening.Moved moved) {
            move(moved.status());
        } else if (happening instanceof Happening.Wrote wrote) {
            write(wrote);
        } else if (happening instanceof Happening.Told told) {
            tell(told);
        }
    }

    /** The warnings that were shown. */
    Set<String> warned() {
        return Set.copyOf(warned);
    }

    private void move(String to) {
        if (to.equals(status)) {
            return;
        }
        status = to;
        if (json && shown != Shown.PROGRESS) {
            ObjectNode line = event("status");
            line.put("status", to);
            console.json(Json.line(line));
        } else {
            console.noteFaintly("-- " + to);
        }
    }

    private void write(Happening.Wrote wrote) {
        if (json) {
            ObjectNode line = event(wrote.stream());
            line.put("from", wrote.from());
            line.put("chunk", wrote.text());
            console.json(Json.line(line));
        } else if (wrote.stream().equals("stdout")) {
            console.raw(wrote.text());
        } else {
            console.rawError(wrote.text());
        }
    }

    private void tell(Happening.Told told) {
        if (json) {
            ObjectNode line = event("chat_event");
            line.put("seq", told.number());
            line.put("ts", told.at());
            line.put("type", told.type());
            line.set("data", Json.tree(told.data()));
            console.json(Json.line(line));
            return;
        }
        if (told.type().equals(Conversation.WARNING)) {
            warned.add(Objects.toString(told.data().get("code"), ""));
        }
        Conversation.line(told.type(), told.data()).ifPresent(line -> {
            if (line.aside()) {
                console.sayFaintly(line.text());
            } else {
                console.say(line.text());
            }
        });
    }

    private static ObjectNode event(String name) {
        ObjectNode line = Json.object();
        line.put("event", name);
        return line;
    }
}
