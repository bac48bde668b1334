package skillrunner.app;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** Why the server can't listen where it was told to, in words that name the variable to change. */
final class ListenFailure {
    private static final int ANY = 0;

    private ListenFailure() {}

    /**
     * Explains a failed start.
     *
     * @param host the value of {@code HOST}
     * @param port the value of {@code PORT}
     * @param failure what the web server said
     * @return one sentence
     */
    static String explain(String host, int port, Throwable failure) {
        return explain(new Names("HOST", "PORT", " (0 takes a free one)"), host, port, failure);
    }

    /**
     * What the variables are called.
     *
     * @param host the one of the address
     * @param port the one of the port
     * @param hint what else can be said to whoever chooses another port; may be empty
     */
    record Names(String host, String port, String hint) {}

    /**
     * Explains a failed start of something that has variables of its own.
     *
     * @param names what they are called
     * @param host value of the one of the address
     * @param port value of the one of the port
     * @param failure what the web server said
     * @return one sentence
     */
    static String explain(Names names, String host, int port, Throwable failure) {
        Throwable root = failure;
        @Nullable BindException bind = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            bind = cause instanceof BindException found ? found : bind;
        }
        if (bind == null) {
            return "the server could not start on " + host + ":" + port + ": " + root.getMessage();
        }
        return isAddressOfThisMachine(host)
                ? names.port() + "=" + port + " is not free on " + host + ": " + bind.getMessage()
                        + "; stop what listens on " + ServerAddress.of(host, port)
                        + ", or choose another " + names.port() + names.hint()
                : names.host() + "=" + host + " is not an address of this machine: " + bind.getMessage();
    }

    /** The system says which of the two is wrong in its own language only, so the address is tried with a free port. */
    private static boolean isAddressOfThisMachine(String host) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), ANY));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
