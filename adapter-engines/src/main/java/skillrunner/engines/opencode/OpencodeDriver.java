package skillrunner.engines.opencode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.engine.EngineTurn;
import skillrunner.application.engine.SessionExport;
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

/** Drives opencode through {@code opencode run}. Stateless and safe for concurrent use. */
public final class OpencodeDriver implements EngineDriver {
    private static final SessionExport EXPORT = new OpencodeExport();

    /** Made by the service loader. */
    public OpencodeDriver() {}

    @Override
    public EngineId engine() {
        return EngineId.OPENCODE;
    }

    /** {@inheritDoc} Version 2 comes in another package and takes other options. */
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
        return Optional.of(OpencodeCli.CONFIG);
    }

    @Override
    public String skillConfig() {
        return OpencodeSettings.SKILL_FILE;
    }

    @Override
    public Set<String> settingsFiles() {
        return Set.of(OpencodeSettings.FILE);
    }

    @Override
    public ModelForm modelForm() {
        return ModelForm.PROVIDER_AND_NAME;
    }

    @Override
    public String skillFolder() {
        return OpencodeEnvironment.FOLDER + "/skills";
    }

    @Override
    public String defaultPrompt() {
        return OpencodePrompt.TEMPLATE;
    }

    /** {@inheritDoc} The CLI has no sandbox to turn on. */
    @Override
    public EngineCommand command(EngineTurn turn) {
        List<String> arguments = new ArrayList<>(List.of("run", "--format", "json"));
        turn.model().ifPresent(model -> arguments.addAll(List.of("--model", model.name())));
        turn.session().ifPresent(session -> arguments.add("--session=" + session));
        return new EngineCommand(
                arguments,
                OpencodeEnvironment.set(turn.runDirectory()),
                OpencodeEnvironment.passed(turn),
                files(turn),
                EngineCommand.Prompt.STDIN);
    }

    private static Map<String, String> files(EngineTurn turn) {
        Map<String, String> files = new HashMap<>(InstalledPlugin.files(OpencodeEnvironment.FOLDER));
        files.put(OpencodeSettings.FILE, OpencodeSettings.of(turn));
        return files;
    }

    @Override
    public EngineOutputReader newReader(OutputPosition from, Consumer<? super EngineEvent> events) {
        return OpencodeOutput.reader(from, events);
    }

    @Override
    public ParserProfile parser() {
        return new ParserProfile("opencode_ndjson", 0.95, 0.6);
    }

    @Override
    public SignInSign signIn(OutputStreamKind stream, String text) {
        return switch (stream) {
            case STDOUT -> SignInSign.NONE;
            case STDERR -> OpencodeOutput.SIGN_IN.in(text);
        };
    }

    @Override
    public boolean lostSession(String lastWords) {
        return LostSessionWords.in(lastWords);
    }

    @Override
    public Optional<SessionExport> sessionExport() {
        return Optional.of(EXPORT);
    }
}
