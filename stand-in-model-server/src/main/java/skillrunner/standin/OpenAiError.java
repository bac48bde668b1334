package skillrunner.standin;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The error object shared by OpenAI's wire formats; also used where the path tells no format. */
final class OpenAiError {

    private OpenAiError() {}

    static String body(int status, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", message)
                .put("type", status < 500 ? "invalid_request_error" : "server_error")
                .put("code", code(status));
        return body.toString();
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            default -> status < 500 ? "invalid_request" : "server_error";
        };
    }
}
