package skillrunner.http.terminal;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import skillrunner.application.engine.Engines;
import skillrunner.application.terminal.TerminalDoor;
import skillrunner.application.terminal.TerminalSnapshot;
import skillrunner.application.terminal.Terminals;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.load.Bodies;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;

/** {@code /ui/engines/tui}: the terminal session, the page that shows it and the socket of that page. */
public final class TerminalRoutes {
    /** Where the page is that shows the terminal. */
    public static final String PAGE = "/ui/engines/tui/terminal";

    private static final String SESSION = "/ui/engines/tui/session";

    private final Terminals terminals;
    private final Engines engines;
    private final Pages pages;
    private final TerminalTickets tickets;
    private final TerminalSocket socket;

    /**
     * Takes its collaborators.
     *
     * @param terminals the sessions
     * @param engines the engines of this server
     * @param pages renders the page
     * @param clock tells how long a ticket is good
     */
    public TerminalRoutes(Terminals terminals, Engines engines, Pages pages, Clock clock) {
        this.terminals = Objects.requireNonNull(terminals);
        this.engines = Objects.requireNonNull(engines);
        this.pages = Objects.requireNonNull(pages);
        this.tickets = new TerminalTickets(clock);
        this.socket = new TerminalSocket(terminals, tickets);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get(SESSION, ctx -> ctx.json(TerminalJson.of(terminals.session())));
        routes.post(SESSION + "/start", this::start);
        routes.post(SESSION + "/stop", ctx -> ctx.json(TerminalJson.of(terminals.stop())));
        routes.post(SESSION + "/ticket", ctx -> ctx.json(new TerminalJson.Ticket(ticket())));
        for (String old : new String[] {"/input", "/resize"}) {
            routes.post(SESSION + old, ctx -> {
                throw new RefusedException(
                        ErrorCode.LEGACY_ROUTE_GONE, "Keys and sizes go over the terminal's own connection");
            });
        }
        routes.get(PAGE, this::page);
        routes.ws(SESSION + "/ws", socket::configure);
    }

    private void start(Context ctx) {
        Bodies.requireForm(ctx);
        String name = Bodies.formField(ctx, "engine")
                .filter(it -> !it.isBlank())
                .orElseThrow(() -> RefusedException.invalid("/engine", "is required"));
        EngineId engine = EngineId.parse(name.strip().toLowerCase(Locale.ROOT))
                .filter(engines.known()::contains)
                .orElseThrow(() -> RefusedException.invalid("/engine", "must be one of " + engines.knownNames()));
        ctx.json(TerminalJson.Started.of(terminals.start(engine)));
    }

    private void page(Context ctx) {
        String ticket = ticket();
        Messages messages = pages.messages(ctx);
        pages.renderFrame(
                ctx,
                "engine/terminal.jte",
                messages.text("terminal.title"),
                nonce -> TerminalView.of(ticket, nonce, messages));
    }

    private String ticket() {
        TerminalSnapshot shown = terminals
                .alive()
                .filter(it -> it.door().kind() == TerminalDoor.Kind.EMBEDDED)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.SESSION_NOT_FOUND, "There is no terminal session that this server shows"));
        return tickets.issue(shown.session().id());
    }
}
