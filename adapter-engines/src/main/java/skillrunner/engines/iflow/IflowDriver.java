package skillrunner.engines.iflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.engine.EngineTurn;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.journal.ParserProfile;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.engines.output.LostSessionWords;

/** Drives iFlow's iflow. Stateless and safe for concurrent use. */
public final class IflowDriver implements EngineDriver {
    /** Made by the service loader. */
    public IflowDriver() {}

    @Override
    public EngineId engine() {
        return EngineId.IFLOW;
    }

    @Override
    public KnownMajors knownMajors() {
        return KnownMajors.of(0, 1);
    }

    @Override
    public Set<ExecutionMode> executionModes() {
        return Set.of(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE);
    }

    @Override
    public String skillConfig() {
        return IflowRunSettings.SKILL_FILE;
    }

    @Override
    public String skillFolder() {
        return ".iflow/skills";
    }

    @Override
    public String defaultPrompt() {
        return IflowPrompt.TEMPLATE;
    }

    /** {@inheritDoc} The CLI takes a prompt only as the value of {@code -p}. It has no sandbox to turn on. */
    @Override
    public EngineCommand command(EngineTurn turn) {
        List<String> arguments = new ArrayList<>();
        turn.session().ifPresent(session -> arguments.addAll(List.of("--resume", session)));
        arguments.addAll(List.of("--yolo", "--thinking", "-p"));
        return new EngineCommand(
                arguments,
                Map.of(),
                Set.of("IFLOW_*"),
                Map.of(IflowSettings.FILE, IflowRunSettings.of(turn)),
                EngineCommand.Prompt.LAST_ARGUMENT);
    }

    @Override
    public EngineOutputReader newReader(OutputPosition from, Consumer<? super EngineEvent> events) {
        return IflowOutput.reader(from, events);
    }

    @Override
    public ParserProfile parser() {
        return new ParserProfile("iflow_text", 0.65, 0.45);
    }

    @Override
    public SignInSign signIn(OutputStreamKind stream, String text) {
        return IflowSignIn.in(stream, text);
    }

    @Override
    public boolean lostSession(String lastWords) {
        return LostSessionWords.in(lastWords);
    }
}
