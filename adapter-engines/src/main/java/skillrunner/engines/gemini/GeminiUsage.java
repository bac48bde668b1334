package skillrunner.engines.gemini;

import java.util.Optional;
import java.util.OptionalDouble;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import tools.jackson.databind.JsonNode;

/** What gemini says that its models have used in a turn; each of its two formats says it in its own way. */
final class GeminiUsage {
    private GeminiUsage() {}

    static Optional<EngineEvent> ofRecord(JsonNode stats, OutputRange at) {
        return stats.has("input_tokens")
                ? Optional.of(event(
                        at, tokens(stats, "input_tokens"), tokens(stats, "cached"), tokens(stats, "output_tokens"), 0))
                : Optional.empty();
    }

    static Optional<EngineEvent> ofDocument(JsonNode stats, OutputRange at) {
        long input = 0;
        long cached = 0;
        long output = 0;
        long thoughts = 0;
        boolean told = false;
        for (JsonNode model : stats.path("models")) {
            JsonNode tokens = model.path("tokens");
            told |= tokens.isObject();
            input += tokens(tokens, "prompt");
            cached += tokens(tokens, "cached");
            output += tokens(tokens, "candidates");
            thoughts += tokens(tokens, "thoughts");
        }
        return told ? Optional.of(event(at, input, cached, output + thoughts, thoughts)) : Optional.empty();
    }

    private static EngineEvent event(OutputRange at, long input, long cached, long output, long reasoning) {
        return new EngineEvent.Usage(
                at, EngineEvent.Usage.Span.TURN, input, cached, output, reasoning, OptionalDouble.empty());
    }

    private static long tokens(JsonNode object, String name) {
        return object.path(name).asLong(0);
    }
}
