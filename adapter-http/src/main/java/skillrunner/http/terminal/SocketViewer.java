package skillrunner.http.terminal;

import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import skillrunner.application.terminal.TerminalSnapshot;
import skillrunner.application.terminal.TerminalViewer;
import skillrunner.http.WireFormat;

/** Sends what is shown without waiting for it to go; what is under way is bounded by what the page acknowledges. */
final class SocketViewer implements TerminalViewer {
    private static final int PIECE_BYTES = 32 * 1024;

    private final Session socket;

    SocketViewer(Session socket) {
        this.socket = socket;
    }

    @Override
    public void begin(TerminalSnapshot now, byte[] recorded, boolean cut) {
        text(TerminalJson.State.of(now, recorded.length, cut));
        for (int from = 0; from < recorded.length; from += PIECE_BYTES) {
            socket.sendBinary(
                    ByteBuffer.wrap(recorded, from, Math.min(PIECE_BYTES, recorded.length - from)), Callback.NOOP);
        }
    }

    @Override
    public void show(byte[] output) {
        socket.sendBinary(ByteBuffer.wrap(output), Callback.NOOP);
    }

    @Override
    public void end(TerminalSnapshot ended) {
        text(TerminalJson.Exit.of(ended));
        socket.close(TerminalSocket.ENDED, "the session has ended", Callback.NOOP);
    }

    @Override
    public void replaced() {
        socket.close(TerminalSocket.REPLACED, "somebody else looks", Callback.NOOP);
    }

    private void text(Object message) {
        socket.sendText(WireFormat.mapper().writeValueAsString(message), Callback.NOOP);
    }
}
