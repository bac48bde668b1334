package skillrunner.testkit.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import skillrunner.application.engine.EngineDriver;
import skillrunner.domain.engine.EngineId;

class TestEngineReaderTest extends EngineOutputContract {
    @Override
    protected EngineDriver driver() {
        return new TestEngineDriver(EngineId.CODEX);
    }

    @Override
    protected List<byte[]> streams() {
        return Stream.of("session s-1\nsay a\\nb\ndone\n", "say grüße\r\nfail 401 Unauthorized", "noise\n\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
