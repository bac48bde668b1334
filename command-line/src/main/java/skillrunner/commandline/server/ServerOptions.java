package skillrunner.commandline.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * {@code --server}, which is taken before and behind the name of a command; all commands share one of these, and the last one given
 * counts.
 */
public final class ServerOptions {
    private static final String VARIABLE = "SKILL_RUNNER_SERVER";
    private static final String DEFAULT = "http://127.0.0.1:8000";

    private static final int LAST_PORT = 65_535;

    private final Map<String, String> environment;

    @Nullable
    private String given;

    ServerOptions(Map<String, String> environment) {
        this.environment = Objects.requireNonNull(environment);
    }

    /**
     * Takes the option. The library also calls this, without an address, for every command that was not given one.
     *
     * @param address the address as it was typed
     */
    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server; SKILL_RUNNER_SERVER or " + DEFAULT + " without it.")
    public void server(@Nullable String address) {
        if (address != null) {
            given = address;
        }
    }

    /**
     * A command of this program for the same server, to be shown to people.
     *
     * @param command what is to be done
     * @return the command as it can be typed
     */
    public String command(String command) {
        return "skill-runner " + command + (given == null ? "" : " --server " + given);
    }

    URI server() {
        String source = given == null ? VARIABLE : "--server";
        String named = given == null ? environment.getOrDefault(VARIABLE, "") : given;
        String address = named.isBlank() && given == null ? DEFAULT : named.strip();
        try {
            URI server = new URI(address);
            String scheme = String.valueOf(server.getScheme()).toLowerCase(Locale.ROOT);
            if ((!scheme.equals("http") && !scheme.equals("https"))
                    || server.getPort() == 0
                    || server.getPort() > LAST_PORT
                    || server.getHost() == null
                    || server.getRawUserInfo() != null
                    || server.getRawQuery() != null
                    || server.getRawFragment() != null) {
                throw CommandFailedException.usage(
                        source + ": an address such as " + DEFAULT + " is needed, without a password in it");
            }
            return server;
        } catch (URISyntaxException e) {
            throw CommandFailedException.usage(
                    source + ": " + e.getReason() + "; an address such as " + DEFAULT + " is needed");
        }
    }
}
