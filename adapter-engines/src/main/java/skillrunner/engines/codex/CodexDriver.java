package skillrunner.engines.codex;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.engine.EngineTurn;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.journal.ParserProfile;
import skillrunner.domain.model.ModelForm;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.engines.output.LostSessionWords;

/** Drives OpenAI's codex through {@code codex exec}. Stateless and safe for concurrent use. */
public final class CodexDriver implements EngineDriver {
    /** Made by the service loader. */
    public CodexDriver() {}

    @Override
    public EngineId engine() {
        return EngineId.CODEX;
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
    public Optional<String> homeConfig() {
        return Optional.of(CodexCli.CONFIG);
    }

    @Override
    public String skillConfig() {
        return "assets/codex_config.toml";
    }

    @Override
    public ModelForm modelForm() {
        return ModelForm.ID_AND_EFFORT;
    }

    @Override
    public String skillFolder() {
        return ".codex/skills";
    }

    @Override
    public String defaultPrompt() {
        return CodexPrompt.TEMPLATE;
    }

    @Override
    public EngineCommand command(EngineTurn turn) {
        List<String> arguments = new ArrayList<>(List.of("exec"));
        if (turn.sandboxed()) {
            // Known to the command itself only, not to its resume.
            arguments.addAll(List.of("-s", "workspace-write"));
        }
        turn.session().ifPresent(session -> arguments.add("resume"));
        arguments.addAll(List.of("--skip-git-repo-check", "--json"));
        if (!turn.sandboxed()) {
            arguments.add("--dangerously-bypass-approvals-and-sandbox");
        }
        turn.model().ifPresent(model -> arguments.addAll(List.of("-m", model.name())));
        for (String override : CodexSettings.overrides(turn)) {
            arguments.addAll(List.of("-c", override));
        }
        // The prompt comes by stdin: it may be longer than an argument may be, and other users can read arguments.
        turn.session().ifPresent(arguments::add);
        arguments.add("-");
        return new EngineCommand(arguments, Map.of(), CodexVariables.passed(turn.homeConfig()));
    }

    @Override
    public EngineOutputReader newReader(OutputPosition from, Consumer<? super EngineEvent> events) {
        return CodexOutput.reader(from, events);
    }

    @Override
    public ParserProfile parser() {
        return new ParserProfile("codex_ndjson", 0.95, 0.6);
    }

    @Override
    public SignInSign signIn(OutputStreamKind stream, String text) {
        return CodexOutput.SIGN_IN.in(text);
    }

    @Override
    public boolean lostSession(String lastWords) {
        return LostSessionWords.in(lastWords);
    }
}
