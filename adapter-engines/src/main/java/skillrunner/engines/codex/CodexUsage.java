package skillrunner.engines.codex;

import java.util.OptionalDouble;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What codex says that its model has used: since the conversation began, not since the turn. */
final class CodexUsage {
    private long input;
    private long cachedInput;
    private long output;
    private long reasoning;
    private boolean told;

    /** Takes the object at which a parser stands. */
    void take(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                // More than fits into a long is no number of tokens.
                take(name, parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? 0 : parser.getLongValue());
            } else {
                parser.skipChildren();
            }
        }
    }

    private void take(String name, long tokens) {
        told = true;
        switch (name) {
            case "input_tokens" -> input = tokens;
            case "cached_input_tokens" -> cachedInput = tokens;
            case "output_tokens" -> output = tokens;
            case "reasoning_output_tokens" -> reasoning = tokens;
            default -> {}
        }
    }

    boolean isTold() {
        return told;
    }

    EngineEvent.Usage event(OutputRange at) {
        return new EngineEvent.Usage(
                at, EngineEvent.Usage.Span.SESSION, input, cachedInput, output, reasoning, OptionalDouble.empty());
    }
}
