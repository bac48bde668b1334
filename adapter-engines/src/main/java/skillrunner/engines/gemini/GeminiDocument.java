package skillrunner.engines.gemini;

import java.util.Optional;
import java.util.function.Consumer;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.JsonLine;
import tools.jackson.databind.JsonNode;

/**
 * The document of {@code gemini --output-format json}: on stdout what a turn came to, on stderr why it failed. An object with
 * nothing but an answer may be anybody's, and so may one on stderr: they count only where the engine says nothing else.
 */
final class GeminiDocument {
    private GeminiDocument() {}

    /** Tells what a document says. @return false if it is not one of gemini's */
    static boolean tell(JsonNode document, OutputRange at, Consumer<? super EngineEvent> events) {
        JsonNode error = document.path("error");
        JsonNode response = document.path("response");
        boolean named = JsonLine.text(document, "session_id").isPresent();
        boolean failed =
                error.isObject() && (named || JsonLine.text(error, "type").isPresent());
        boolean usual = at.stream() == OutputStreamKind.STDOUT;
        boolean answered = (usual || named) && !response.isMissingNode();
        if (!failed && !answered) {
            return false;
        }
        JsonLine.text(document, "session_id")
                .flatMap(id -> EngineEvent.SessionNamed.of(at, id))
                .ifPresent(events);
        if (!failed && (!usual || (!named && !document.path("stats").isObject()))) {
            events.accept(new EngineEvent.BareAnswer(at, Optional.of(text(response))));
            return true;
        }
        if (failed) {
            GeminiRecord.tellFailure(document, at, events);
            return true;
        }
        events.accept(EngineEvent.Message.whole(at, Optional.of(text(response))));
        GeminiUsage.ofDocument(document.path("stats"), at).ifPresent(events);
        GeminiUsage.tellModels(document.path("stats"), at, events);
        events.accept(new EngineEvent.Closing(at, new TurnFacts.Closing.Completed()));
        return true;
    }

    private static String text(JsonNode response) {
        return response.isString() ? response.stringValue() : response.toString();
    }
}
