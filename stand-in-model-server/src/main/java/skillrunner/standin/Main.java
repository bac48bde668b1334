package skillrunner.standin;

import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Runs the server by itself, for the demo. Usage: {@code Main [--port N]}; without a port any free one is taken. */
public final class Main {

    private Main() {}

    /**
     * Starts the server and prints its address on one line; the server runs until the process is stopped.
     *
     * @param args {@code --port N} or nothing
     */
    public static void main(String[] args) {
        try {
            StandInModelServer server = start(args, System.out);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static StandInModelServer start(String[] args, PrintStream out) {
        StandInModelServer server = StandInModelServer.start(port(args));
        out.println("Stand-in model server listening on http://127.0.0.1:" + server.port());
        out.flush();
        return server;
    }

    private static int port(String[] args) {
        if (args.length == 0) {
            return 0;
        }
        if (args.length == 2 && args[0].equals("--port") && args[1].matches("\\d{1,5}")) {
            int port = Integer.parseInt(args[1]);
            if (port <= 65_535) {
                return port;
            }
        }
        throw new IllegalArgumentException("usage: [--port N]");
    }
}
