package skillrunner.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.engine.ShippedModels;
import skillrunner.domain.engine.EngineId;

/** Lists of models as three engines bring them. */
final class Shipped {
    static final Map<EngineId, ShippedModels> MODELS = Map.of(
            EngineId.CODEX,
            of(EngineId.CODEX),
            EngineId.GEMINI,
            of(EngineId.GEMINI),
            EngineId.IFLOW,
            of(EngineId.IFLOW));

    private Shipped() {}

    static ShippedModels of(EngineId engine) {
        return name -> {
            try (InputStream in = Shipped.class.getResourceAsStream("shipped/" + engine + "/" + name)) {
                return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
