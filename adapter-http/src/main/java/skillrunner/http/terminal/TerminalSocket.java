package skillrunner.http.terminal;

import io.javalin.websocket.WsBinaryMessageContext;
import io.javalin.websocket.WsCloseContext;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsErrorContext;
import io.javalin.websocket.WsMessageContext;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.console.ConsoleSize;
import skillrunner.application.terminal.TerminalSeat;
import skillrunner.application.terminal.Terminals;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.terminal.TerminalId;
import skillrunner.http.WireFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The socket between a page and the terminal it shows. To the page: a text with the state, what the program writes as it is, a text
 * with the end. From the page: keys as they are, texts that change the size or say how much was drawn; other texts say nothing.
 */
final class TerminalSocket {
    /** The end of the session. */
    static final int ENDED = 1000;
    /** No ticket that is good. */
    static final int REFUSED = 1008;
    /** Somebody else looks instead. */
    static final int REPLACED = 4001;
    /** Somebody looks already, and was not to be replaced. */
    static final int IN_USE = 4002;

    private static final Logger LOG = LoggerFactory.getLogger(TerminalSocket.class);
    private static final long PING_SECONDS = 15;

    private final Terminals terminals;
    private final TerminalTickets tickets;
    private final Map<String, TerminalSeat> seats = new ConcurrentHashMap<>();

    TerminalSocket(Terminals terminals, TerminalTickets tickets) {
        this.terminals = terminals;
        this.tickets = tickets;
    }

    void configure(WsConfig socket) {
        socket.onConnect(this::connect);
        socket.onBinaryMessage(this::type);
        socket.onMessage(this::read);
        socket.onClose(this::leave);
        socket.onError(this::broken);
    }

    private void connect(WsConnectContext ctx) {
        Optional<TerminalId> session = tickets.redeem(ctx.queryParam("ticket"));
        if (session.isEmpty()) {
            ctx.closeSession(REFUSED, "the ticket is not good");
            return;
        }
        try {
            boolean takeOver = "true".equals(ctx.queryParam("take_over"));
            seats.put(ctx.sessionId(), terminals.attach(session.get(), new SocketViewer(ctx.session), takeOver));
            // Who has vanished without a word is noticed, and who only reads is not taken for that.
            ctx.enableAutomaticPings(PING_SECONDS, TimeUnit.SECONDS);
        } catch (RefusedException e) {
            if (e.refusal().code() == ErrorCode.SESSION_CONFLICT) {
                ctx.closeSession(IN_USE, "somebody looks already");
            } else {
                ctx.closeSession(ENDED, "the session has ended");
            }
        }
    }

    private void type(WsBinaryMessageContext ctx) {
        TerminalSeat seat = seats.get(ctx.sessionId());
        if (seat != null) {
            ByteBuffer data = ctx.data();
            byte[] keys = new byte[data.remaining()];
            data.get(keys);
            seat.type(keys);
        }
    }

    private void read(WsMessageContext ctx) {
        TerminalSeat seat = seats.get(ctx.sessionId());
        if (seat == null) {
            return;
        }
        JsonNode message;
        try {
            message = WireFormat.mapper().readTree(ctx.message());
        } catch (JacksonException e) {
            LOG.debug("a terminal's page sent something else than JSON");
            return;
        }
        switch (message.path("type").asString("")) {
            case "resize" ->
                resize(seat, message.path("cols").asInt(0), message.path("rows").asInt(0));
            case "ack" -> seat.acknowledge(message.path("bytes").asLong(0));
            default -> LOG.debug("a terminal's page sent a text of an unknown type");
        }
    }

    private static void resize(TerminalSeat seat, int columns, int rows) {
        if (ConsoleSize.isPossible(columns, rows)) {
            seat.resize(new ConsoleSize(columns, rows));
        }
    }

    private void leave(WsCloseContext ctx) {
        leave(ctx.sessionId());
    }

    private void broken(WsErrorContext ctx) {
        LOG.debug("the socket of a terminal broke: {}", String.valueOf(ctx.error()));
        leave(ctx.sessionId());
    }

    private void leave(String socket) {
        TerminalSeat seat = seats.remove(socket);
        if (seat != null) {
            seat.leave();
        }
    }
}
