package skillrunner.http.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.CliSource;
import skillrunner.application.engine.EngineAuth;
import skillrunner.domain.engine.EngineId;

/** Where a CLI is and whether it is signed in, on the wire. */
record EngineAuthJson(
        boolean managedPresent,
        @Nullable String managedCliPath,
        boolean globalAvailable,
        @Nullable String globalCliPath,
        @Nullable String effectiveCliPath,
        CliSource effectivePathSource,
        Map<String, Boolean> credentialFiles,
        boolean authReady,
        @Nullable Instant expiresAt,
        boolean renewsItself,
        boolean expired) {

    static EngineAuthJson of(EngineAuth auth) {
        return new EngineAuthJson(
                auth.location().managed().isPresent(),
                auth.location().managed().orElse(null),
                auth.location().global().isPresent(),
                auth.location().global().orElse(null),
                auth.location().effective().orElse(null),
                auth.location().source(),
                auth.credentialFiles(),
                auth.ready(),
                auth.life().expiresAt().orElse(null),
                auth.life().renewsItself(),
                auth.expired());
    }

    static Map<EngineId, EngineAuthJson> of(Map<EngineId, EngineAuth> report) {
        Map<EngineId, EngineAuthJson> all = new LinkedHashMap<>();
        report.forEach((engine, auth) -> all.put(engine, of(auth)));
        return all;
    }
}
