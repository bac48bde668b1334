package skillrunner.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import skillrunner.client.RunListener;
import skillrunner.client.model.RunStatus;
import skillrunner.client.model.Stall;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a terminal what happens: each event on a line with the time since the start. On a real terminal a last line shows
 * what is going on now and for how long; elsewhere there are plain lines only.
 */
final class DemoProgress implements RunListener, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHOWN_CHARACTERS = 90;
    private static final long REDRAW_MILLIS = 100;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private final long begin = System.nanoTime();
    private final AtomicReference<String> now = new AtomicReference<>("");
    private final StringBuilder open = new StringBuilder();
    private volatile boolean closed;

    DemoProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        if (terminal) {
            Thread clock = new Thread(this::redraw, "demo-progress");
            clock.setDaemon(true);
            clock.start();
        }
    }

    /** Says something on a line of its own. */
    synchronized void say(String text) {
        if (terminal) {
            out.print(CLEAR_LINE);
        }
        out.println(text);
        out.flush();
    }

    /** Says that something happened. */
    void note(String text) {
        say(String.format(Locale.ROOT, "[%5.1f s] %s", seconds(), text));
    }

    /** Says what goes on from now on. */
    void working(String text) {
        now.set(text);
        if (!terminal && !text.isEmpty()) {
            note(text);
        }
    }

    @Override
    public void status(RunStatus status, @Nullable Stall stall) {
        note("state: " + status.wire());
        now.set(status.wire());
    }

    @Override
    public void stdout(long from, String text) {
        output(text);
    }

    @Override
    public void reconnecting(Duration wait, IOException why) {
        note("the connection was lost; it is tried again");
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            if (terminal) {
                out.print(CLEAR_LINE);
                out.flush();
            }
        }
    }

    private void output(String chunk) {
        open.append(chunk);
        for (int end = open.indexOf("\n"); end >= 0; end = open.indexOf("\n")) {
            line(open.substring(0, end));
            open.delete(0, end + 1);
        }
    }

    private void line(String line) {
        JsonNode event;
        try {
            event = JSON.readTree(line);
        } catch (JacksonException e) {
            return;
        }
        JsonNode item = event.path("item");
        String kind = event.path("type").asString("") + "/" + item.path("type").asString("");
        switch (kind) {
            case "item.started/command_execution" ->
                note("tool call: " + shortened(item.path("command").asString("")));
            case "item.completed/command_execution" ->
                note("tool ended with exit code " + item.path("exit_code").asString("?"));
            case "item.completed/agent_message" -> note("the model answered");
            default -> {
                // Everything else is on the run's page.
            }
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
        return line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "…" : line;
    }

    private void redraw() {
        while (!closed) {
            synchronized (this) {
                String text = String.valueOf(now.get());
                if (!closed && !text.isEmpty()) {
                    out.print(CLEAR_LINE + String.format(Locale.ROOT, "[%5.1f s] … %s", seconds(), text));
                    out.flush();
                }
            }
            try {
                Thread.sleep(REDRAW_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
