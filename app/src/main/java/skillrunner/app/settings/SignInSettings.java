package skillrunner.app.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.delegate.DelegateSettings;
import skillrunner.oauth.OAuthClient;
import skillrunner.oauth.OAuthEndpoint;
import skillrunner.oauth.OAuthListener;
import skillrunner.oauth.OAuthSettings;

/**
 * How engines are signed in.
 *
 * @param life how long a session may take; without it nobody may begin one
 * @param oauth what is replaced of providers
 * @param patience how long an engine's own program may show nothing that is known
 * @param issuer where codex's own program signs in, if not at its own provider
 */
public record SignInSettings(Optional<Duration> life, OAuthSettings oauth, Duration patience, Optional<URI> issuer) {
    private static final Variable ENABLED = new Variable(
            "ENGINE_AUTH_DEVICE_PROXY_ENABLED", "`true`", "Whether engines can be signed in on this server.");
    private static final Variable SECONDS = new Variable(
            "ENGINE_AUTH_DEVICE_PROXY_TTL_SECONDS", "`900`", "How long a sign-in may take, in seconds; at least 60.");
    private static final Variable PUBLIC_BASE = new Variable(
            "ENGINE_AUTH_OAUTH_CALLBACK_BASE_URL",
            "none",
            "The address under which browsers reach this server. OpenAI sends them to `/auth/callback` below it, which the server"
                    + " answers on its own port, and to no listener, unless the address is that of the listener"
                    + " (`http://localhost:1455`). OpenAI accepts what is registered for the client, so others need an issuer of your own;"
                    + " other providers keep their listeners.");
    private static final Variable GEMINI_ID = new Variable(
            OAuthSettings.GEMINI_ID_SETTING, "none", "The client for signing gemini in; without it that is refused.");
    private static final Variable GEMINI_SECRET =
            new Variable(OAuthSettings.GEMINI_SECRET_SETTING, "none", "Its secret.");
    private static final Variable GOOGLE_ID = new Variable(
            "SKILL_RUNNER_OPENCODE_GOOGLE_OAUTH_CLIENT_ID",
            "none",
            "The client for signing opencode in with Google; without it that is refused.");
    private static final Variable GOOGLE_SECRET =
            new Variable("SKILL_RUNNER_OPENCODE_GOOGLE_OAUTH_CLIENT_SECRET", "none", "Its secret.");
    private static final Variable IFLOW_ID = new Variable(
            "SKILL_RUNNER_IFLOW_OAUTH_CLIENT_ID",
            "`" + OAuthSettings.IFLOW_CLIENT_ID + "`",
            "The client for signing iFlow in.");
    private static final Variable IFLOW_SECRET =
            new Variable("SKILL_RUNNER_IFLOW_OAUTH_CLIENT_SECRET", "none", "Its secret.");
    private static final Variable PATIENCE = new Variable(
            "SKILL_RUNNER_AUTH_SCREEN_PATIENCE_SECONDS",
            "`60`",
            "How long an engine's own program that is driven to sign it in may show nothing that is known, in seconds; then the"
                    + " sign-in has failed.");
    private static final Variable ISSUER = new Variable(
            "SKILL_RUNNER_AUTH_OPENAI_ISSUER_URL", "codex's own", "Where codex's own program signs in, for tests.");
    private static final Map<OAuthEndpoint, Variable> ADDRESSES = addresses();
    private static final Map<OAuthListener, Variable> PORTS = ports();

    static final List<Variable> VARIABLES = variables();

    private static final long LEAST_PATIENCE_SECONDS = 5;
    private static final long DEFAULT_SECONDS = 900;
    private static final long LEAST_SECONDS = 60;
    private static final long MOST_SECONDS = 86_400;
    private static final long LAST_PORT = 65_535;

    /** Refuses null parts. */
    public SignInSettings {
        Objects.requireNonNull(life);
        Objects.requireNonNull(oauth);
        Objects.requireNonNull(patience);
        Objects.requireNonNull(issuer);
    }

    static SignInSettings read(EnvironmentReader reader) {
        Duration life =
                Duration.ofSeconds(Math.max(LEAST_SECONDS, reader.number(SECONDS, DEFAULT_SECONDS, 1, MOST_SECONDS)));
        Map<OAuthEndpoint, URI> addresses = new EnumMap<>(OAuthEndpoint.class);
        ADDRESSES.forEach(
                (endpoint, variable) -> web(reader, variable).ifPresent(address -> addresses.put(endpoint, address)));
        Map<OAuthListener, Integer> ports = new EnumMap<>(OAuthListener.class);
        PORTS.forEach((listener, variable) -> reader.text(variable)
                .ifPresent(text -> ports.put(listener, (int) reader.number(variable, 0, 0, LAST_PORT))));
        return new SignInSettings(
                reader.flag(ENABLED, true) ? Optional.of(life) : Optional.empty(),
                new OAuthSettings(
                        addresses,
                        ports,
                        client(reader, GEMINI_ID, GEMINI_SECRET),
                        client(reader, GOOGLE_ID, GOOGLE_SECRET),
                        new OAuthClient(
                                reader.text(IFLOW_ID).orElse(OAuthSettings.IFLOW_CLIENT_ID),
                                reader.text(IFLOW_SECRET).orElse("")),
                        web(reader, PUBLIC_BASE),
                        ProxyVariables.read(reader)),
                Duration.ofSeconds(reader.number(
                        PATIENCE, DelegateSettings.USUAL_PATIENCE.toSeconds(), LEAST_PATIENCE_SECONDS, MOST_SECONDS)),
                web(reader, ISSUER));
    }

    /**
     * Returns what the drivers of the engines' own programs need.
     *
     * @param agentHome the home of the engines
     * @return their settings
     */
    public DelegateSettings delegates(Path agentHome) {
        return new DelegateSettings(agentHome, issuer.map(URI::toString), patience);
    }

    /** Of Google's clients both parts are needed. */
    private static Optional<OAuthClient> client(EnvironmentReader reader, Variable id, Variable secret) {
        return reader.text(id).flatMap(name -> reader.text(secret).map(word -> new OAuthClient(name, word)));
    }

    private static Optional<URI> web(EnvironmentReader reader, Variable variable) {
        return reader.text(variable).map(text -> {
            try {
                URI address = URI.create(text);
                boolean web =
                        "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
                if (web && address.getHost() != null && address.getFragment() == null) {
                    return address;
                }
            } catch (IllegalArgumentException e) {
                // the message below fits
            }
            throw new BadSettingException(
                    variable.name(), text, "an address that begins with http:// or https:// is needed");
        });
    }

    private static List<Variable> variables() {
        List<Variable> all = new ArrayList<>(List.of(
                ENABLED,
                SECONDS,
                PUBLIC_BASE,
                GEMINI_ID,
                GEMINI_SECRET,
                GOOGLE_ID,
                GOOGLE_SECRET,
                IFLOW_ID,
                IFLOW_SECRET,
                PATIENCE,
                ISSUER));
        all.addAll(ADDRESSES.values());
        all.addAll(PORTS.values());
        return List.copyOf(all);
    }

    private static Map<OAuthEndpoint, Variable> addresses() {
        Map<OAuthEndpoint, Variable> all = new EnumMap<>(OAuthEndpoint.class);
        Arrays.stream(OAuthEndpoint.values())
                .forEach(endpoint -> all.put(
                        endpoint,
                        new Variable(
                                endpoint.setting(),
                                "`" + endpoint.usual() + "`",
                                "Stands in for this address of a provider.")));
        return all;
    }

    private static Map<OAuthListener, Variable> ports() {
        Map<OAuthListener, Variable> all = new EnumMap<>(OAuthListener.class);
        Arrays.stream(OAuthListener.values())
                .forEach(listener -> all.put(
                        listener,
                        new Variable(
                                listener.setting(),
                                "`" + listener.usual() + "`",
                                "The port of this machine to which the provider sends a browser back; `0` for any.")));
        return all;
    }
}
