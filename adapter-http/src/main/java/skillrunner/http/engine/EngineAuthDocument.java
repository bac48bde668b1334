package skillrunner.http.engine;

import java.util.Map;
import skillrunner.application.engine.EngineAuth;
import skillrunner.domain.engine.EngineId;
import skillrunner.http.WireFormat;
import tools.jackson.databind.SerializationFeature;

/** The report on all engines' sign-in as a document of its own, for those who keep it in a file. */
public final class EngineAuthDocument {
    private EngineAuthDocument() {}

    /**
     * Writes the report as {@code GET /v1/engines/auth-status} answers it below {@code engines}.
     *
     * @param report the report
     * @return indented JSON with a line's end at its end
     */
    public static String text(Map<EngineId, EngineAuth> report) {
        return WireFormat.mapper()
                        .writer()
                        .with(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(EngineAuthJson.of(report))
                + "\n";
    }
}
