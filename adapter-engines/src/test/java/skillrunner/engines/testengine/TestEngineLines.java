package skillrunner.engines.testengine;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.OutputLines;

/** What the fifth engine prints. */
final class TestEngineLines implements OutputLines.Sink {
    private final Consumer<? super EngineEvent> events;

    TestEngineLines(Consumer<? super EngineEvent> events) {
        this.events = events;
    }

    @Override
    public void line(byte[] bytes, int offset, int length, OutputRange at) {
        tell(Optional.of(new String(bytes, offset, length, StandardCharsets.UTF_8)), at);
    }

    @Override
    public boolean mayHoldAnswer(byte[] bytes, int offset, int length) {
        return true;
    }

    @Override
    public void beginningOfLongLine(byte[] bytes, int offset, int length, OutputRange at) {
        tell(Optional.empty(), at);
    }

    private void tell(Optional<String> text, OutputRange at) {
        events.accept(EngineEvent.Message.whole(at, text));
        events.accept(new EngineEvent.Closing(at, new TurnFacts.Closing.Completed()));
    }
}
