package skillrunner.app.agents;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.app.EngineWiring;
import skillrunner.application.engine.EngineCli;
import skillrunner.process.command.BoundedCommand;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file that says which CLIs are there and what they say about their version. */
final class AgentStatus {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private AgentStatus() {}

    static String text(EngineWiring wiring) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (EngineCli cli : wiring.engines().clis()) {
            Optional<String> program =
                    wiring.binaries().locate(cli.binaryNames()).effective();
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("present", program.isPresent());
            one.put("version", program.map(path -> firstLine(wiring, path)).orElse(""));
            all.put(cli.engine().wire(), one);
        }
        return JSON.writeValueAsString(all) + "\n";
    }

    private static String firstLine(EngineWiring wiring, String program) {
        BoundedCommand.Outcome outcome = BoundedCommand.of(
                        List.of(program, "--version"), wiring.binaries().environment(Set.of(), Map.of()), PATIENCE)
                .run();
        String said = outcome.stdout().isBlank() ? outcome.stderr() : outcome.stdout();
        return outcome.succeeded() ? said.strip().lines().findFirst().orElse("").strip() : "";
    }
}
