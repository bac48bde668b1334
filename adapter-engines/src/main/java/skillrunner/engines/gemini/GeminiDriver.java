package skillrunner.engines.gemini;

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
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.engines.output.LostSessionWords;

/** Drives Google's gemini. Stateless and safe for concurrent use. */
public final class GeminiDriver implements EngineDriver {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            // As two processes, of which the outer one ignores signals, it could not be asked to end.
            "GEMINI_CLI_NO_RELAUNCH", "true",
            "GEMINI_CLI_TRUST_WORKSPACE", "true");

    /** Made by the service loader. */
    public GeminiDriver() {}

    @Override
    public EngineId engine() {
        return EngineId.GEMINI;
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
        return Optional.of(GeminiSettings.FILE);
    }

    @Override
    public String skillConfig() {
        return GeminiSettings.SKILL_FILE;
    }

    @Override
    public String skillFolder() {
        return ".gemini/skills";
    }

    @Override
    public String defaultPrompt() {
        return GeminiPrompt.TEMPLATE;
    }

    /**
     * {@inheritDoc} Without {@code --yolo} the CLI has no tools that write or run anything. Its own sandbox is a container,
     * which a machine need not have, so a turn goes without whatever the server prefers.
     */
    @Override
    public EngineCommand command(EngineTurn turn) {
        List<String> arguments = new ArrayList<>(List.of("--yolo", "--skip-trust", "--output-format", "stream-json"));
        turn.model().ifPresent(model -> arguments.addAll(List.of("-m", model.name())));
        turn.session().ifPresent(session -> arguments.addAll(List.of("--resume", session)));
        return new EngineCommand(
                arguments,
                ENVIRONMENT,
                GeminiVariables.passed(turn.homeConfig()),
                Map.of(GeminiSettings.FILE, GeminiSettings.of(turn)),
                EngineCommand.Prompt.STDIN);
    }

    @Override
    public EngineOutputReader newReader(OutputPosition from, Consumer<? super EngineEvent> events) {
        return GeminiOutput.reader(from, events);
    }

    @Override
    public ParserProfile parser() {
        return new ParserProfile("gemini_json", 0.9, 0.5);
    }

    @Override
    public SignInSign signIn(OutputStreamKind stream, String text) {
        return switch (stream) {
            case STDOUT -> SignInSign.NONE;
            case STDERR -> GeminiSignIn.WORDS.in(text);
        };
    }

    @Override
    public boolean lostSession(String lastWords) {
        return LostSessionWords.in(lastWords);
    }
}
