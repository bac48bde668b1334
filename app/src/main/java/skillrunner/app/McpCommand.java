package skillrunner.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import skillrunner.client.Credentials;
import skillrunner.embedding.background.RunnerThreads;
import skillrunner.mcp.bridge.StdioBridge;

/** {@code mcp}: the skills of a running server as tools, for an agent that starts its tools as programs. */
@Command(
        name = "mcp",
        description =
                "Offer the skills of a running server as tools (Model Context Protocol) on standard input and output.",
        mixinStandardHelpOptions = true)
final class McpCommand implements Callable<Integer> {
    private static final String SERVER = "SKILL_RUNNER_SERVER";
    private static final String USUAL_SERVER = "http://127.0.0.1:8000";
    private static final int WRONG_USAGE = 2;

    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server's address; otherwise " + SERVER + ", otherwise " + USUAL_SERVER + ".")
    private @Nullable String server;

    McpCommand(Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.in = Objects.requireNonNull(in);
        this.out = Objects.requireNonNull(out);
        this.err = Objects.requireNonNull(err);
    }

    @Override
    public Integer call() throws InterruptedException {
        String address = server == null ? environment.getOrDefault(SERVER, USUAL_SERVER) : server;
        Optional<URI> uri = address(address);
        if (uri.isEmpty()) {
            err.println("'" + masked(address) + "' is no address of a server; it looks like " + USUAL_SERVER);
            return WRONG_USAGE;
        }
        // Whatever prints something by mistake must not be taken for a message.
        System.setOut(err);
        try (RunnerThreads threads = new RunnerThreads()) {
            new StdioBridge(
                            uri.get(),
                            Credentials.from(environment),
                            in,
                            out,
                            note -> err.println("skill-runner: " + note),
                            threads,
                            () -> UUID.randomUUID().toString())
                    .run();
            return 0;
        } catch (IOException e) {
            err.println("skill-runner: " + e.getMessage());
            return WRONG_USAGE;
        }
    }

    /** Who puts a password into an address does not want to read it in a log. */
    private static String masked(String address) {
        return address.replaceAll("//[^/@]*@", "//…@");
    }

    private static Optional<URI> address(String text) {
        try {
            URI uri = URI.create(text);
            boolean usable = Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && uri.getUserInfo() == null;
            return usable ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
