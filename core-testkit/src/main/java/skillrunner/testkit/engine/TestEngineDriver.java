package skillrunner.testkit.engine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.engine.EngineTurn;
import skillrunner.application.engine.KeptDialogue;
import skillrunner.application.engine.SessionExport;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.model.ModelForm;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.AuthPrompt;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.skill.ExecutionMode;

/**
 * Drives an engine that reports in lines on stdout: {@code say TEXT} (the last one is the answer; {@code \n} in it stands
 * for a line feed), {@code session HANDLE}, {@code used TOKENS}, {@code model NAME}, {@code tries COMMAND} (it does not run), and as the last one {@code done} or {@code fail TEXT}. Safe for concurrent
 * use.
 */
public final class TestEngineDriver implements EngineDriver {
    private final EngineId engine;
    private volatile Set<ExecutionMode> modes;
    private volatile KnownMajors majors = KnownMajors.ALL;
    private volatile EngineCommand.Prompt prompts = EngineCommand.Prompt.STDIN;
    private volatile boolean kept;
    private final AtomicReference<RuntimeException> readerFault = new AtomicReference<>();

    /**
     * Makes a driver that can't ask questions.
     *
     * @param engine the engine's name
     */
    public TestEngineDriver(EngineId engine) {
        this(engine, Set.of(ExecutionMode.AUTO));
    }

    /**
     * Makes a driver.
     *
     * @param engine the engine's name
     * @param modes what it can do
     */
    public TestEngineDriver(EngineId engine, Set<ExecutionMode> modes) {
        this.engine = engine;
        this.modes = Set.copyOf(modes);
    }

    /**
     * Lets every reader made from now on throw as soon as it gets a byte.
     *
     * @param fault what it throws
     */
    public void breakReaders(RuntimeException fault) {
        readerFault.set(fault);
    }

    /**
     * Lets it know these versions only, from now on.
     *
     * @param known the versions
     */
    public void knows(KnownMajors known) {
        majors = known;
    }

    /** Keeps its engine running in interactive runs, from now on. */
    public void keepsRunning() {
        kept = true;
    }

    /** {@inheritDoc} A line is the text with its breaks written as a slash. */
    @Override
    public Optional<KeptDialogue> keptDialogue() {
        return kept ? Optional.of(text -> text.replace("\n", " / ")) : Optional.empty();
    }

    @Override
    public KnownMajors knownMajors() {
        return majors;
    }

    @Override
    public EngineId engine() {
        return engine;
    }

    /**
     * Lets it run in these modes only, from now on.
     *
     * @param possible the modes
     */
    public void runsIn(Set<ExecutionMode> possible) {
        modes = Set.copyOf(possible);
    }

    @Override
    public Set<ExecutionMode> executionModes() {
        return modes;
    }

    @Override
    public Optional<String> homeConfig() {
        return Optional.of(engine + ".conf");
    }

    @Override
    public String skillConfig() {
        return "assets/" + engine + ".conf";
    }

    @Override
    public ModelForm modelForm() {
        return ModelForm.ID_AND_EFFORT;
    }

    @Override
    public String skillFolder() {
        return "." + engine + "/skills";
    }

    @Override
    public String defaultPrompt() {
        return "Run {{ skill_id }} with {{ params_json }}";
    }

    /**
     * Has all commands built from now on take their prompt in this way.
     *
     * @param way the way
     */
    public void takePrompts(EngineCommand.Prompt way) {
        prompts = way;
    }

    /** Refuses the skill's engine settings if they begin with {@code broken}, and asks for a file with them otherwise. */
    @Override
    public EngineCommand command(EngineTurn turn) {
        if (turn.skillConfig().filter(text -> text.startsWith("broken")).isPresent()) {
            throw new IllegalArgumentException("line 1 is broken");
        }
        List<String> arguments = new ArrayList<>(List.of("exec"));
        turn.session().ifPresent(handle -> arguments.addAll(List.of("resume", handle)));
        turn.model().ifPresent(model -> arguments.addAll(List.of("--model", model.text())));
        turn.skillConfig().ifPresent(text -> arguments.addAll(List.of("--skill-config", text)));
        turn.homeConfig().ifPresent(text -> arguments.addAll(List.of("--home-config", text)));
        if (turn.sandboxed()) {
            arguments.add("--sandbox");
        }
        Map<String, String> files = new HashMap<>();
        turn.skillConfig().ifPresent(text -> files.put("." + engine + "/settings.conf", text));
        return new EngineCommand(arguments, Map.of("ENGINE", engine.wire()), Set.of("ENGINE_*"), files, prompts);
    }

    @Override
    public EngineOutputReader newReader(OutputPosition from, Consumer<? super EngineEvent> events) {
        return new TestEngineReader(from, events, Optional.ofNullable(readerFault.get()));
    }

    @Override
    public boolean lostSession(String lastWords) {
        return lastWords.contains("conversation lost");
    }

    /** Tells a conversation in the form of its output; nothing of it belongs to an earlier turn. */
    @Override
    public Optional<SessionExport> sessionExport() {
        return Optional.of(new SessionExport() {
            @Override
            public List<String> arguments(String session) {
                return List.of("export", session);
            }

            @Override
            public void read(String stdout, String session, Instant since, Consumer<? super EngineEvent> events) {
                byte[] bytes = stdout.getBytes(StandardCharsets.UTF_8);
                EngineOutputReader reader = newReader(OutputPosition.START, events);
                reader.feed(OutputStreamKind.STDOUT, bytes, bytes.length);
                reader.finish();
            }
        });
    }

    @Override
    public SignInSign signIn(OutputStreamKind stream, String text) {
        return AuthPrompt.in(text);
    }
}
