package skillrunner.engines.testengine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputParser;
import skillrunner.application.engine.EngineTurn;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;
import skillrunner.domain.skill.ExecutionMode;

/** A fifth engine: this package and a line for the service loader are all that it takes. */
public final class TestEngineDriver implements EngineDriver {
    static final EngineId ENGINE = new EngineId("testengine");

    @Override
    public EngineId engine() {
        return ENGINE;
    }

    @Override
    public Set<ExecutionMode> executionModes() {
        return Set.of(ExecutionMode.AUTO);
    }

    @Override
    public String skillConfig() {
        return "assets/testengine.conf";
    }

    @Override
    public String skillFolder() {
        return ".testengine/skills";
    }

    @Override
    public String defaultPrompt() {
        return "Run {{ skill_id }}.";
    }

    @Override
    public EngineCommand command(EngineTurn turn) {
        return new EngineCommand(List.of("run"), Map.of(), Set.of());
    }

    @Override
    public EngineOutputParser newParser() {
        return new EngineOutputParser() {
            private final StringBuilder text = new StringBuilder();

            @Override
            public void feed(OutputStreamKind stream, byte[] bytes, int length) {
                if (stream == OutputStreamKind.STDOUT) {
                    text.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
                }
            }

            @Override
            public TurnOutcome finish() {
                return new TurnOutcome(
                        Optional.of(text.toString()),
                        new TurnFacts.Closing.Completed(),
                        Optional.empty(),
                        SignInSign.NONE);
            }
        };
    }
}
