package skillrunner.engines.testengine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.engine.EngineTurn;
import skillrunner.application.engine.KeptDialogue;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelForm;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.engines.output.BothStreams;
import skillrunner.engines.output.OutputLines;
import skillrunner.engines.output.RawLines;

/** A fifth engine: this package and a line for the service loader are all that it takes. */
public final class TestEngineDriver implements EngineDriver {
    static final EngineId ENGINE = new EngineId("testengine");

    @Override
    public EngineId engine() {
        return ENGINE;
    }

    @Override
    public Set<ExecutionMode> executionModes() {
        return Set.of(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE);
    }

    @Override
    public String skillConfig() {
        return "assets/testengine.conf";
    }

    @Override
    public ModelForm modelForm() {
        return ModelForm.ID_AND_EFFORT;
    }

    @Override
    public Set<String> settingsFiles() {
        return Set.of("testengine.conf");
    }

    @Override
    public String skillFolder() {
        return ".testengine/skills";
    }

    @Override
    public String defaultPrompt() {
        return "Run {{ skill_id }}.";
    }

    /** {@inheritDoc} It keeps running, and takes a break of a line for one where it reads a backslash and an n. */
    @Override
    public Optional<KeptDialogue> keptDialogue() {
        return Optional.of(text -> text.replace("\\", "\\\\").replace("\n", "\\n"));
    }

    @Override
    public EngineCommand command(EngineTurn turn) {
        boolean talks = turn.mode() == ExecutionMode.INTERACTIVE;
        return new EngineCommand(
                List.of(
                        talks ? "talk" : "run",
                        turn.model().map(ModelSpec::text).orElse("")),
                Map.of(),
                Set.of(),
                Map.of("testengine.conf", "quiet = true\n"),
                EngineCommand.Prompt.STDIN);
    }

    /** {@inheritDoc} Each line it prints is an answer, and closes the turn. */
    @Override
    public EngineOutputReader newReader(OutputPosition from, Consumer<? super EngineEvent> events) {
        return new BothStreams(
                new OutputLines(OutputStreamKind.STDOUT, from.stdout(), new TestEngineLines(events)),
                new OutputLines(OutputStreamKind.STDERR, from.stderr(), new RawLines(events)));
    }

    @Override
    public SignInSign signIn(OutputStreamKind stream, String text) {
        return text.contains("open sesame?") ? SignInSign.DEMAND : SignInSign.NONE;
    }
}
