package skillrunner.http.terminal;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.Engines;
import skillrunner.application.terminal.Terminals;
import skillrunner.domain.engine.EngineId;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;
import skillrunner.http.page.ScriptData;

/** What the page of the engines is given to show one of them in a terminal. */
public final class TerminalPage {
    /** The name or number of the host, without the port. */
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]+)?");

    private static final String WORDS = "terminal.page.";

    private final Terminals terminals;
    private final Engines engines;
    private final BooleanSupplier available;
    private final boolean elsewhere;

    /**
     * Takes its collaborators.
     *
     * @param terminals the sessions
     * @param engines the engines of this server
     * @param available tells whether there is something that shows terminals
     * @param elsewhere whether that is another program, on a port of its own
     */
    public TerminalPage(Terminals terminals, Engines engines, BooleanSupplier available, boolean elsewhere) {
        this.terminals = Objects.requireNonNull(terminals);
        this.engines = Objects.requireNonNull(engines);
        this.available = Objects.requireNonNull(available);
        this.elsewhere = elsewhere;
    }

    /**
     * An engine that can be shown.
     *
     * @param engine the engine
     * @param label the name of its interface
     */
    public record Entry(EngineId engine, String label) {}

    /**
     * What the page shows.
     *
     * @param entries the engines that can be shown
     * @param available whether there is something that shows them
     * @param document what the script is given, as JSON that can stand inside a script element
     */
    public record Section(List<Entry> entries, boolean available, String document) {
        /** Copies the list. */
        public Section {
            entries = List.copyOf(entries);
            Objects.requireNonNull(document);
        }
    }

    /**
     * Returns what the page shows.
     *
     * @param messages the texts
     * @return the section
     */
    public Section section(Messages messages) {
        boolean shows = available.getAsBoolean();
        return new Section(
                engines.clis().stream()
                        .filter(cli -> engines.inUse(cli.engine()))
                        .flatMap(cli -> cli.terminal().map(it -> entry(cli, it)).stream())
                        .toList(),
                shows,
                ScriptData.of(Map.of(
                        "ttyd_available",
                        shows,
                        "session",
                        TerminalJson.of(terminals.alive()),
                        "texts",
                        messages.below(WORDS))));
    }

    private static Entry entry(EngineCli cli, EngineTerminal terminal) {
        return new Entry(cli.engine(), terminal.label());
    }

    /**
     * Lets the page that was rendered show the terminal.
     *
     * @param ctx the request
     */
    public void allow(Context ctx) {
        Matcher host = HOST.matcher(Objects.requireNonNullElse(ctx.header("Host"), ""));
        String other = elsewhere && host.matches() ? " http://%1$s:* https://%1$s:*".formatted(host.group(1)) : "";
        Pages.allowFrames(ctx, "'self'" + other);
    }
}
