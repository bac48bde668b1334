package skillrunner.testkit.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputParser;
import skillrunner.application.engine.EngineTurn;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.KnownMajors;
import skillrunner.domain.run.AuthPrompt;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;
import skillrunner.domain.skill.ExecutionMode;

/**
 * Drives an engine that reports in lines on stdout: {@code say TEXT} (the last one is the answer; {@code \n} in it stands
 * for a line feed), {@code session HANDLE}, and as the last one {@code done} or {@code fail TEXT}. Safe for concurrent
 * use.
 */
public final class TestEngineDriver implements EngineDriver {
    private final EngineId engine;
    private final Set<ExecutionMode> modes;
    private volatile KnownMajors majors = KnownMajors.ALL;
    private volatile EngineCommand.Prompt prompts = EngineCommand.Prompt.STDIN;
    private final AtomicReference<RuntimeException> parserFault = new AtomicReference<>();

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
     * Lets every parser made from now on throw as soon as it gets a byte.
     *
     * @param fault what it throws
     */
    public void breakParsers(RuntimeException fault) {
        parserFault.set(fault);
    }

    /**
     * Lets it know these versions only, from now on.
     *
     * @param known the versions
     */
    public void knows(KnownMajors known) {
        majors = known;
    }

    @Override
    public KnownMajors knownMajors() {
        return majors;
    }

    @Override
    public EngineId engine() {
        return engine;
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
    public EngineOutputParser newParser() {
        return new Parser(Optional.ofNullable(parserFault.get()));
    }

    private static final class Parser implements EngineOutputParser {
        private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        private final Optional<RuntimeException> fault;

        Parser(Optional<RuntimeException> fault) {
            this.fault = fault;
        }

        @Override
        public void feed(OutputStreamKind stream, byte[] bytes, int length) {
            if (fault.isPresent()) {
                throw fault.get();
            }
            (stream == OutputStreamKind.STDOUT ? stdout : stderr).write(bytes, 0, length);
        }

        @Override
        public TurnOutcome finish() {
            String text = stdout.toString(StandardCharsets.UTF_8);
            Optional<String> answer = Optional.empty();
            Optional<String> session = Optional.empty();
            TurnFacts.Closing closing = new TurnFacts.Closing.Missing();
            for (String line : text.lines().toList()) {
                if (line.startsWith("say ")) {
                    answer = Optional.of(line.substring("say ".length()).replace("\\n", "\n"));
                } else if (line.startsWith("session ")) {
                    session = Optional.of(line.substring("session ".length()));
                } else if (line.startsWith("fail ")) {
                    closing = new TurnFacts.Closing.Failed(line.substring("fail ".length()));
                } else if (line.equals("done")) {
                    closing = new TurnFacts.Closing.Completed();
                }
            }
            SignInSign signIn = AuthPrompt.in(text + "\n" + stderr.toString(StandardCharsets.UTF_8));
            return new TurnOutcome(answer, closing, session, signIn);
        }
    }
}
