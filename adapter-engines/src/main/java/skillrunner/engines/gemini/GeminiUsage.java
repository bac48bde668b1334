package skillrunner.engines.gemini;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import tools.jackson.databind.JsonNode;

/** What gemini says that its models have used in a turn; each of its two formats says it in its own way. */
final class GeminiUsage {
    /** Gemini has not so many; whoever writes into its output may. */
    private static final int MOST_MODELS = 32;

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

    /**
     * Both formats count the tokens of each model that worked. What {@code init} names was only asked for, and is often
     * {@code auto}.
     */
    static void tellModels(JsonNode stats, OutputRange at, Consumer<? super EngineEvent> events) {
        stats.path("models").propertyNames().stream()
                .flatMap(name -> EngineEvent.ModelUsed.of(at, name).stream())
                .limit(MOST_MODELS)
                .forEach(events);
    }

    private static EngineEvent event(OutputRange at, long input, long cached, long output, long reasoning) {
        return new EngineEvent.Usage(
                at, EngineEvent.Usage.Span.TURN, input, cached, output, reasoning, OptionalDouble.empty());
    }

    private static long tokens(JsonNode object, String name) {
        return object.path(name).asLong(0);
    }
}
