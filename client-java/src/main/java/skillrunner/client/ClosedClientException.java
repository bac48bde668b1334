package skillrunner.client;

import java.io.IOException;

/** The client was closed, before a call or while it was under way; nothing is tried again. */
public final class ClosedClientException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedClientException() {
        super("this client is closed");
    }
}
