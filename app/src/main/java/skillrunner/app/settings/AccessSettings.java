package skillrunner.app.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import skillrunner.http.access.AccessRule;
import skillrunner.http.access.AccessScope;

/**
 * Where to listen and for whom.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 takes a free one
 * @param insecure whether the address is not loopback, nothing asks for a password, and that was allowed on purpose
 * @param rule who must say a password, and where; empty asks nobody
 * @param allowedHosts further values of the Host header
 * @param maxBodyBytes limit of a JSON body
 * @param maxConnections limit of open connections
 * @param maxStreams limit of clients that follow output
 * @param maxStreamsPerRun limit of clients that follow one run
 * @param maxStreamAge how long a client may follow output until it has to come back
 */
public record AccessSettings(
        String host,
        int port,
        boolean insecure,
        Optional<AccessRule> rule,
        Set<String> allowedHosts,
        long maxBodyBytes,
        int maxConnections,
        int maxStreams,
        int maxStreamsPerRun,
        Duration maxStreamAge) {

    private static final Variable HOST = new Variable("HOST", "`127.0.0.1`", "Address to listen on.");
    private static final Variable PORT = new Variable("PORT", "`8000`", "Port to listen on; `0` takes a free one.");
    private static final Variable ALLOW_INSECURE_BIND = new Variable(
            "SKILL_RUNNER_ALLOW_INSECURE_BIND",
            "`false`",
            "Allows an address that other machines can reach although nothing asks them for a password.");
    private static final Variable ALLOWED_HOSTS = new Variable(
            "SKILL_RUNNER_ALLOWED_HOSTS",
            "empty",
            "Further values of the `Host` header, separated by commas, besides `localhost`, IP addresses and `HOST`.");
    private static final Variable MAX_BODY = new Variable(
            "SKILL_RUNNER_MAX_BODY_BYTES", "`1048576`", "Limit of a JSON body, in bytes; more is answered with 413.");
    private static final Variable MAX_CONNECTIONS = new Variable(
            "SKILL_RUNNER_MAX_CONNECTIONS",
            "`10000`",
            "How many connections may be open at once; more wait until one ends, and those without a request end sooner.");
    private static final Variable MAX_STREAMS = new Variable(
            "SKILL_RUNNER_MAX_STREAMS", "`2000`", "How many clients may follow output at once; more get 503.");
    private static final Variable MAX_STREAMS_PER_RUN = new Variable(
            "SKILL_RUNNER_MAX_STREAMS_PER_RUN", "`64`", "How many clients may follow one run at once; more get 503.");

    private static final Variable MAX_STREAM_SECONDS = new Variable(
            "SKILL_RUNNER_MAX_STREAM_SECONDS",
            "`3600`",
            "How long one client may follow output, in seconds; then its stream is closed without `end`, and it comes back from where it was.");

    static final List<Variable> VARIABLES = List.of(
            HOST,
            PORT,
            ALLOW_INSECURE_BIND,
            ALLOWED_HOSTS,
            MAX_BODY,
            MAX_CONNECTIONS,
            MAX_STREAMS,
            MAX_STREAMS_PER_RUN,
            MAX_STREAM_SECONDS);

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

    /** Whether a variable decides who may ask, together with others: if one of these is wrong, the rest can't be judged. */
    static boolean decidesWhoMayAsk(String variable) {
        return Stream.concat(Stream.of(HOST), BasicAuthSettings.VARIABLES.stream())
                .anyMatch(each -> each.name().equals(variable));
    }

    static AccessSettings read(EnvironmentReader reader) {
        String host = reader.text(HOST).orElse("127.0.0.1");
        boolean loopback = isLoopback(host);
        Optional<AccessRule> rule = BasicAuthSettings.read(reader, loopback);
        boolean insecure = !loopback && rule.isEmpty();
        boolean allowed = allowsInsecureBind(reader);
        if (insecure && !allowed) {
            throw new BadSettingException(
                    HOST.name(),
                    host,
                    "other machines could reach it and nothing would ask them for a password; use a loopback address, set "
                            + "UI_BASIC_AUTH_ENABLED=true with a user name and a password, or set "
                            + ALLOW_INSECURE_BIND.name() + "=true to allow it all the same");
        }
        return new AccessSettings(
                host,
                (int) reader.number(PORT, 8000, 0, 65_535),
                insecure,
                rule,
                allowedHosts(reader),
                reader.number(MAX_BODY, 1 << 20, 1, 64L << 20),
                (int) reader.number(MAX_CONNECTIONS, 10_000, 16, 1_000_000),
                (int) reader.number(MAX_STREAMS, 2_000, 1, 1_000_000),
                (int) reader.number(MAX_STREAMS_PER_RUN, 64, 1, 1_000_000),
                Duration.ofSeconds(reader.number(MAX_STREAM_SECONDS, 3_600, 1, 31_536_000)));
    }

    /**
     * Tells whether everybody who reaches the server from another machine can run skills.
     *
     * @return true if the address is not loopback and jobs ask for no password
     */
    public boolean jobsAreOpenToOthers() {
        return !isLoopback(host)
                && rule.map(AccessRule::scope).filter(AccessScope.ALL::equals).isEmpty();
    }

    /** Further values of the Host header, in lower case. */
    static Set<String> allowedHosts(EnvironmentReader reader) {
        return reader.list(ALLOWED_HOSTS).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Tells whether the operator allows what others can reach without a password. */
    static boolean allowsInsecureBind(EnvironmentReader reader) {
        return reader.flag(ALLOW_INSECURE_BIND, false);
    }

    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
