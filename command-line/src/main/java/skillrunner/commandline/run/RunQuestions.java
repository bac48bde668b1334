package skillrunner.commandline.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The questions of one run at its server. */
final class RunQuestions {
    private final Connection connection;
    private final String address;

    RunQuestions(Connection connection, String requestId) {
        this.connection = Objects.requireNonNull(connection);
        this.address = "/v1/management/runs/" + Connection.segment(requestId);
    }

    /** What is asked now, if something is. */
    Optional<JsonNode> pending() throws IOException, InterruptedException {
        return Optional.of(connection.get(address + "/pending").tree().path("pending"))
                .filter(JsonNode::isObject);
    }

    /**
     * Answers a question. The same answer may be sent again, for the server knows it by its key.
     *
     * @param question its number
     * @param response any JSON
     * @return what the server said
     */
    Document reply(int question, JsonNode response) throws IOException, InterruptedException {
        ObjectNode body = Json.object();
        body.put("interaction_id", question);
        body.set("response", response);
        body.put("idempotency_key", "command-line-" + question + "-" + digest(Json.line(response)));
        return connection.post(address + "/reply", body);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
