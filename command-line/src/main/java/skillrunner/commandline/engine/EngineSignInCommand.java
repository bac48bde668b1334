package skillrunner.commandline.engine;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Json;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.terminal.Console;
import skillrunner.commandline.terminal.Keyboard;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code engines sign-in}. */
@Command(
        name = "sign-in",
        description =
                "Sign an engine in on the server: shows the page to open and the code, takes what is typed, and waits. Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
final class EngineSignInCommand implements Callable<Integer> {
    private static final long LOOK_EVERY_MILLIS = 1000;
    private static final String SESSIONS = "/v1/engines/auth/";
    private static final String API_KEY = "api_key";

    private final Session session;

    @Parameters(paramLabel = "ENGINE", description = "The name of the engine.")
    private String engine = "";

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "auth_code_or_url (without it), callback or api_key; a key may come through a pipe.")
    private String method = "auth_code_or_url";

    @Option(
            names = "--transport",
            paramLabel = "TRANSPORT",
            description =
                    "oauth_proxy: the server asks the provider (without it); cli_delegate: the engine's program does.")
    private String transport = "oauth_proxy";

    @Option(names = "--provider", paramLabel = "ID", description = "The provider, for an engine that has several.")
    @Nullable
    private String provider;

    @Option(names = "--json", description = "Print the session as one JSON document a line, each time it changed.")
    private boolean json;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private String shown = "";
    private String asked = "";

    private sealed interface Event {
        record Typed(Optional<String> line) implements Event {}

        record Interrupted() implements Event {}
    }

    EngineSignInCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String address = SESSIONS + transport.replace('_', '-') + "/sessions";
        if (!address.matches("[a-z0-9/-]+")) {
            throw CommandFailedException.usage("--transport: oauth_proxy or cli_delegate is needed");
        }
        ObjectNode start = Json.object();
        start.put("engine", engine);
        start.put("transport", transport);
        start.put("auth_method", method);
        if (provider != null) {
            start.put("provider_id", provider);
        }
        Document begun = session.connection().post(address, start);
        String own = address + "/" + Connection.segment(begun.text("session_id"));
        session.surroundings()
                .interrupts()
                .listen(() -> events.add(new Event.Interrupted()), "The sign-in may go on at the server.");
        Keyboard keyboard = session.surroundings().keyboard();
        Document now = begun;
        while (true) {
            show(now);
            if (now.tree().path("terminal").asBoolean(false)) {
                return told(now);
            }
            askFor(now, keyboard);
            Event event = events.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (event instanceof Event.Interrupted) {
                now = ofSession(session.connection().post(own + "/cancel", null));
            } else if (event instanceof Event.Typed typed) {
                now = typed(own, now, typed.line());
            } else {
                now = session.connection().get(own);
            }
        }
    }

    private Document typed(String own, Document now, Optional<String> line) throws IOException, InterruptedException {
        String kind = now.text("input_kind");
        if (line.isEmpty()) {
            if (kind.equals(API_KEY)) {
                session.console().fault("INPUT_MISSING", "no key was given");
                return ofSession(session.connection().post(own + "/cancel", null));
            }
            // Nobody types; a browser may still bring it to its end.
            return session.connection().get(own);
        }
        String value = line.get().strip();
        asked = "";
        if (kind.isEmpty() || value.isEmpty()) {
            return session.connection().get(own);
        }
        ObjectNode input = Json.object();
        input.put("kind", kind);
        input.put("value", value);
        try {
            return ofSession(session.connection().post(own + "/input", input));
        } catch (CommandFailedException e) {
            if (!e.code().equals("INPUT_REFUSED")) {
                throw e;
            }
            session.console().fault(e.code(), e.getMessage());
            return session.connection().get(own);
        }
    }

    /** Asks once for each kind of input; what is typed comes as an event. */
    private void askFor(Document now, Keyboard keyboard) {
        String kind = now.text("status").equals("waiting_user") ? now.text("input_kind") : "";
        if (kind.equals(asked)) {
            return;
        }
        asked = kind;
        if (kind.isEmpty()) {
            return;
        }
        session.console()
                .prompt(
                        switch (kind) {
                            case API_KEY -> "The key (not shown):";
                            case "code" -> "The code:";
                            default -> "The code, or the address the browser was sent to:";
                        });
        if (kind.equals(API_KEY)) {
            keyboard.nextUnseen(line -> events.add(new Event.Typed(line)));
        } else {
            keyboard.next(line -> events.add(new Event.Typed(line)));
        }
    }

    private void show(Document now) {
        Console console = session.console();
        ObjectNode parts = Json.object();
        for (String name :
                new String[] {"status", "auth_url", "verification_url", "user_code", "input_kind", "error"}) {
            parts.set(name, now.tree().path(name));
        }
        String all = Json.line(parts);
        if (all.equals(shown)) {
            return;
        }
        shown = all;
        if (json) {
            console.json(now.text());
            return;
        }
        console.noteFaintly("-- " + now.text("status"));
        if (now.text("status").equals("waiting_user")) {
            address(now.text("verification_url").isEmpty() ? now.text("auth_url") : now.text("verification_url"));
            if (!now.text("user_code").isEmpty()) {
                console.say("and type there: " + now.text("user_code"));
            }
            if (!now.text("error").isEmpty()) {
                console.fault(now.text("error_code"), now.text("error"));
            }
        }
    }

    /** What a provider or a program calls an address is not always one that may be opened. */
    private void address(String address) {
        if (address.startsWith("https://") || address.startsWith("http://")) {
            session.console().say("Open in a browser: " + address);
        } else if (!address.isEmpty()) {
            session.console().say("This is no address of a web page, so don't open it: " + address);
        }
    }

    private int told(Document ended) {
        Console console = session.console();
        switch (ended.text("status")) {
            case "succeeded" -> {
                if (!json) {
                    console.say(engine + " is signed in");
                }
                return ExitCodes.SUCCEEDED;
            }
            case "canceled" -> {
                console.note("The sign-in was ended.");
                return ExitCodes.CANCELED;
            }
            default -> {
                console.fault(ended.text("error_code"), ended.text("error"));
                String screen = Document.text(ended.tree().path("audit"), "screen");
                if (!screen.isBlank()) {
                    console.noteFaintly(screen.stripTrailing());
                }
                return ExitCodes.FAILED;
            }
        }
    }

    private static Document ofSession(Document answer) {
        JsonNode told = answer.tree().path("session");
        return new Document(Json.line(told), Objects.requireNonNull(told));
    }
}
