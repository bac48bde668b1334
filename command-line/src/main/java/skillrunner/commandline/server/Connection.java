package skillrunner.commandline.server;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.client.Answer;
import skillrunner.client.ClientBuilder;
import skillrunner.client.Credentials;
import skillrunner.client.ServerInfo;
import skillrunner.client.SkillRunnerClient;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/** The server a command talks to. It is looked for at the first question, and not before. Not thread-safe. */
public final class Connection implements AutoCloseable {
    private static final int LEAST_REFUSAL = 300;

    /** More than any answer of a run needs, and a part of what the program has, which holds an answer several times. */
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    private final ServerOptions options;
    private final Map<String, String> environment;

    @Nullable
    private SkillRunnerClient client;

    private boolean reached;

    Connection(ServerOptions options, Map<String, String> environment) {
        this.options = Objects.requireNonNull(options);
        this.environment = Objects.requireNonNull(environment);
    }

    /**
     * Returns the client.
     *
     * @return one for the server that was named
     * @throws CommandFailedException if the address or the credentials that were named can't be used
     */
    public SkillRunnerClient client() {
        SkillRunnerClient opened = client;
        if (opened == null) {
            ClientBuilder builder = SkillRunnerClient.of(options.server()).answerLimit(LARGEST_ANSWER);
            Optional<Credentials> credentials = credentials();
            credentials.ifPresent(builder::credentials);
            opened = builder.build();
            client = opened;
        }
        return opened;
    }

    /**
     * Looks whether a Skill Runner is there that speaks of the same things as this program; the first question does so too.
     *
     * @throws IOException if nothing answers
     * @throws InterruptedException if the thread was interrupted meanwhile
     * @throws CommandFailedException if the server is of a version that this program doesn't know
     */
    public void reach() throws IOException, InterruptedException {
        if (!reached) {
            judge(client().info());
        }
    }

    private void judge(ServerInfo server) {
        if (!server.title().equals(ServerInfo.TITLE)) {
            throw CommandFailedException.unreachable(
                    "NO_SKILL_RUNNER", "what answers at " + client().server() + " calls itself " + server.title());
        }
        if (!server.fits()) {
            throw CommandFailedException.unreachable(
                    "VERSION_UNKNOWN",
                    "the server is of version " + server.version() + ", and this program knows "
                            + ServerInfo.CLIENT_VERSION);
        }
        reached = true;
    }

    /**
     * Asks for a document. A server that has been reached before and does not answer now is waited for a while, for it may be starting again.
     *
     * @param path a path of the server, with its query
     * @return the answer
     * @throws IOException if no answer came
     * @throws InterruptedException if the thread was interrupted meanwhile
     * @throws CommandFailedException if the server refused
     */
    public Document get(String path) throws IOException, InterruptedException {
        return document("GET", path, null);
    }

    /**
     * Sends a document.
     *
     * @param path a path of the server
     * @param body JSON, or null for none
     * @return the answer
     * @throws IOException if no answer came
     * @throws InterruptedException if the thread was interrupted meanwhile
     * @throws CommandFailedException if the server refused
     */
    public Document post(String path, @Nullable JsonNode body) throws IOException, InterruptedException {
        return document("POST", path, body == null ? null : Json.line(body));
    }

    private Document document(String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        // What only asks changes nothing, so it may ask before the version is known: the answer says it.
        if (!method.equals("GET")) {
            reach();
        }
        Answer answer = reached && method.equals("GET") ? client().ask(path) : client().call(method, path, body);
        Optional<ServerInfo> told = ServerInfo.of(answer);
        if (told.isPresent()) {
            judge(told.get());
        } else {
            reach();
        }
        JsonNode tree;
        try {
            tree = Json.read(answer.body());
        } catch (StreamConstraintsException e) {
            throw Faults.tooMuch(client().server(), path);
        } catch (JacksonException e) {
            throw Faults.noSkillRunner(client().server(), answer.status());
        }
        if (answer.status() >= LEAST_REFUSAL) {
            throw Faults.refusal(client().server(), answer.status(), tree);
        }
        if (!tree.isObject()) {
            throw Faults.noSkillRunner(client().server(), answer.status());
        }
        return new Document(answer.body(), tree);
    }

    /**
     * One segment of a path out of what somebody typed.
     *
     * @param text an id or a name
     * @return the same, safe to stand between two slashes
     */
    public static String segment(String text) {
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw CommandFailedException.usage("'" + text + "' is no name");
        }
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * A query out of what somebody typed.
     *
     * @param parameters names and values
     * @return with its question mark; empty without parameters
     */
    public static String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }

    /** What is wrong with a variable or a file of the user is no fault of the server. */
    private Optional<Credentials> credentials() {
        try {
            return Credentials.from(environment);
        } catch (IllegalArgumentException | IOException e) {
            throw CommandFailedException.usage(String.valueOf(e.getMessage()));
        }
    }

    String address() {
        return options.server().toString();
    }

    /** Lets go of the connections. */
    @Override
    public void close() {
        SkillRunnerClient opened = client;
        if (opened != null) {
            opened.close();
        }
    }
}
