package skillrunner.standin;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One vendor's wire format: reads a request as a {@link ModelCall} and says an answer in the vendor's events. Free of
 * input, output and state, so one instance serves all connections.
 */
sealed interface Wire permits OpenAiResponsesWire, OpenAiChatWire, GeminiWire {

    /** Tells whether a path, without the scenario prefix, belongs to this format. */
    boolean serves(String path);

    /** Reads a request; fields that are unknown, missing or of another kind than expected are ignored. */
    ModelCall read(String path, Map<String, String> headers, JsonNode body);

    /** Returns the events that stream a text and end the model's turn. */
    List<String> text(String text);

    /** Returns the events that call the CLI's shell tool. */
    List<String> toolCall(String shellCommand);

    /** Returns the first event of an answer that promises more to come. */
    String opening();

    /** Returns the body of an error response. */
    String error(Answer.HttpError error);
}
