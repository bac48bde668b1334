package skillrunner.delegate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import skillrunner.application.signin.SignInDesk;
import skillrunner.delegate.screen.Key;
import skillrunner.delegate.screen.ScreenText;
import skillrunner.delegate.screen.Secrets;
import skillrunner.domain.signin.DelegateCourse;
import skillrunner.domain.signin.DelegateFacts;
import skillrunner.domain.signin.DelegatePolicy;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInPrompt;

/**
 * Where one program stands: what its script saw, did and said, as the rules want to know it. What a script tells its user goes on to the
 * session. Under the lock of the session, but for {@link #hide}, {@link #answered} and {@link #failed}, which any thread may use.
 */
final class Standing implements Stage {
    private final DelegateProgram program;
    private final Script script;
    private final SignInDesk desk;
    private final Secrets secrets;
    private final SessionLogs logs;
    private final Parts parts;
    private final Runnable onWord;
    private Instant lastDeed;
    private boolean opened;
    private Instant lastKnown;
    private Optional<SignInPrompt> asked = Optional.empty();
    private @Nullable Instant done;
    private Optional<SignInProblem> canNot = Optional.empty();
    private Optional<String> warning = Optional.empty();
    private final AtomicBoolean failed = new AtomicBoolean();

    /** @param onWord is run when the program has said that it is done, or can't */
    Standing(
            DelegateProgram program,
            Script script,
            SignInDesk desk,
            Secrets secrets,
            SessionLogs logs,
            Parts parts,
            Runnable onWord) {
        this.program = program;
        this.script = script;
        this.desk = desk;
        this.secrets = secrets;
        this.logs = logs;
        this.parts = parts;
        this.onWord = onWord;
        this.lastDeed = program.begun();
        this.lastKnown = program.begun();
    }

    DelegateProgram program() {
        return program;
    }

    /** Looks at what is shown. What comes after the program's word changes nothing. */
    void look() {
        ScreenText screen = program.screen();
        if (!opened && !screen.text().isBlank()) {
            opened = true;
            lastDeed = now();
        }
        if (done == null && canNot.isEmpty() && !hasFailed()) {
            script.look(screen, this);
        }
    }

    void begin() {
        script.begin(this);
    }

    void submit(String value) {
        script.submit(value, program.screen(), this);
    }

    /** Whether it was told that it has, and is only waited for to end. */
    boolean hasFailed() {
        return failed.get();
    }

    boolean hasAsked() {
        return asked.isPresent();
    }

    /** What failed behind the sign-in itself. */
    Optional<String> warning() {
        return warning.map(secrets::without);
    }

    /** What the program said that it can't do. */
    Optional<SignInProblem> word() {
        return canNot;
    }

    DelegateCourse course() {
        if (canNot.isPresent()) {
            return warning.isPresent() ? DelegateCourse.FELL_SHORT : DelegateCourse.CAN_NOT;
        }
        Instant now = now();
        ScreenText screen = program.screen();
        return DelegatePolicy.course(
                new DelegateFacts(
                        program.isOver(),
                        program.exitCode(),
                        Optional.ofNullable(done).map(since -> Duration.between(since, now)),
                        hasAsked(),
                        !screen.text().isBlank(),
                        Duration.between(program.lastOutput(), now),
                        Duration.between(lastKnown, now),
                        Duration.between(lastDeed, now)),
                parts.settings().patience(),
                script.opening());
    }

    /** The end of what it shows, for people; nothing if it speaks to programs. */
    String lastWords() {
        return script.isProtocol()
                ? ""
                : secrets.without(LastWords.of(program.screen().text()));
    }

    @Override
    public Instant now() {
        return parts.clock().instant();
    }

    @Override
    public Instant begun() {
        return program.begun();
    }

    @Override
    public Instant lastOutput() {
        return program.lastOutput();
    }

    @Override
    public void automatic() {
        desk.automated();
    }

    @Override
    public void recognized() {
        lastKnown = now();
    }

    @Override
    public void ask(SignInPrompt prompt, Optional<SignInProblem> why) {
        lastDeed = now();
        if (why.isPresent() || !asked.equals(Optional.of(prompt))) {
            asked = Optional.of(prompt);
            desk.asked(prompt, why);
        }
    }

    @Override
    public void press(Key key) {
        write(key.bytes());
        logs.automatic(key.label());
    }

    @Override
    public void type(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
        logs.automatic("'" + text + "'");
    }

    @Override
    public void enter(String value) {
        write((value + "\r").getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] keys) {
        lastDeed = now();
        program.write(keys);
    }

    @Override
    public void answered() {
        desk.answered();
    }

    @Override
    public void done() {
        if (done == null) {
            done = now();
            onWord.run();
        }
    }

    @Override
    public void failed(SignInProblem why) {
        if (failed.getAndSet(true)) {
            return;
        }
        if (!script.isProtocol()) {
            desk.note(
                    "screen", secrets.without(LastWords.screen(program.screen().text())));
        }
        desk.failed(why.fault().saying(secrets.without(why.words())));
    }

    @Override
    public void fellShort(String words, SignInProblem why) {
        if (canNot.isEmpty()) {
            warning = Optional.of(words);
            otherwise(why);
        }
    }

    @Override
    public void otherwise(SignInProblem why) {
        if (canNot.isEmpty()) {
            canNot = Optional.of(why);
            onWord.run();
        }
    }

    @Override
    public void hide(String value, boolean beginnings) {
        secrets.add(value, beginnings);
    }
}
