package skillrunner.delegate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.console.Console;
import skillrunner.application.console.ConsoleFailedException;
import skillrunner.application.console.ConsoleProgram;
import skillrunner.application.console.ConsoleSize;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInWork;
import skillrunner.delegate.screen.Key;
import skillrunner.delegate.screen.ScreenText;
import skillrunner.delegate.screen.Secrets;
import skillrunner.delegate.screen.TerminalText;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInPrompt;

/**
 * One program at work for one session. It reads what the program shows, lets its {@link Script} act on it, and knows the ends that no
 * script knows: the program dies, falls silent, or shows what nobody knows. A program that can't do it may be followed by another one.
 * Safe for concurrent use.
 */
final class DelegateSignIn implements SignInWork, Stage {
    private static final Logger LOG = LoggerFactory.getLogger(DelegateSignIn.class);

    /** Wide, so that addresses stay in one line. */
    private static final ConsoleSize SIZE = new ConsoleSize(240, 60);

    private static final int MOST_CHARACTERS = 30_000;
    private static final int CHUNK = 8 << 10;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration CREDENTIALS_LATE = Duration.ofSeconds(5);

    /** A screen that stays so long and is not known will not become one that is. */
    private static final Duration STILL = Duration.ofSeconds(20);

    private final String program;
    private final String marker;
    private final Iterator<Script> scripts;
    private final CredentialWatch watch;
    private final List<LaidAside> aside;
    private final Secrets secrets;
    private final SessionLogs logs;
    private final SignInDesk desk;
    private final Parts parts;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private Script script;
    private @Nullable Console console;
    private TerminalText shown = new TerminalText(MOST_CHARACTERS);
    private Instant begun;
    private Instant lastOutput;
    private Instant lastDeed;
    private Instant lastKnown;
    private Instant nextLook = Instant.MIN;
    private boolean anything;
    private boolean looksLater;
    private Optional<SignInPrompt> asked = Optional.empty();
    private @Nullable Instant done;
    private boolean replacing;
    private boolean closed;

    DelegateSignIn(
            String program,
            String marker,
            List<Script> scripts,
            CredentialWatch watch,
            List<LaidAside> aside,
            Secrets secrets,
            SessionLogs logs,
            SignInDesk desk,
            Parts parts) {
        this.program = program;
        this.marker = marker;
        this.scripts = scripts.iterator();
        this.script = this.scripts.next();
        this.watch = watch;
        this.aside = List.copyOf(aside);
        this.secrets = secrets;
        this.logs = logs;
        this.desk = desk;
        this.parts = parts;
        this.begun = parts.clock().instant();
        this.lastOutput = begun;
        this.lastDeed = begun;
        this.lastKnown = begun;
    }

    /** Starts the program of the present script. */
    void start() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Map<String, String> variables = new HashMap<>(Map.of("TERM", "xterm-256color"));
            variables.putAll(script.variables());
            List<String> command = new ArrayList<>(List.of(program));
            command.addAll(script.arguments());
            Console started = parts.consoles()
                    .start(new ConsoleProgram(
                            command,
                            parts.binaries().environment(Set.of(), variables),
                            Path.of(desk.folder()).toString(),
                            marker,
                            SIZE));
            console = started;
            replacing = false;
            shown = new TerminalText(MOST_CHARACTERS);
            begun = now();
            lastOutput = begun;
            lastDeed = begun;
            lastKnown = begun;
            desk.note("cli_pid", started.pid());
            parts.background().submit("sign-in screen", () -> read(started));
            script.begin(this);
            tick(started);
        } catch (ConsoleFailedException e) {
            LOG.warn("the program of a sign-in could not be started", e);
            desk.failed(SignInFault.CLI_NOT_STARTED.saying("the CLI could not be started: " + e.getMessage()));
        } finally {
            lock.unlock();
        }
    }

    private void tick(Console of) {
        parts.background().submitAfter(TICK, "sign-in screen", () -> {
            lock.lock();
            try {
                if (closed || of != console) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            lookNow();
            tick(of);
        });
    }

    private void read(Console from) {
        byte[] buffer = new byte[CHUNK];
        int length = from.read(buffer);
        while (length >= 0) {
            logs.shown(buffer, length);
            take(from, buffer, length);
            length = from.read(buffer);
        }
        lock.lock();
        try {
            if (!closed && from == console && !replacing) {
                lookLocked();
                ended(from);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A program that writes without end is looked at now and then only. */
    private void take(Console from, byte[] bytes, int length) {
        lock.lock();
        try {
            if (closed || from != console) {
                return;
            }
            shown.add(bytes, length);
            anything = true;
            lastOutput = now();
            if (!lastOutput.isBefore(nextLook)) {
                lookLocked();
            } else if (!looksLater) {
                looksLater = true;
                parts.background().submitAfter(BETWEEN_LOOKS, "sign-in screen", this::lookNow);
            }
        } finally {
            lock.unlock();
        }
    }

    private void lookNow() {
        lock.lock();
        try {
            looksLater = false;
            lookLocked();
        } finally {
            lock.unlock();
        }
    }

    private void lookLocked() {
        if (closed || console == null || replacing) {
            return;
        }
        nextLook = now().plus(BETWEEN_LOOKS);
        if (done != null) {
            finish(done);
            return;
        }
        ScreenText screen = shown.now();
        try {
            script.look(screen, this);
        } catch (RuntimeException e) {
            LOG.error("the screen of a sign-in could not be read", e);
            failed(SignInFault.BROKE_OFF.saying("the sign-in broke off unexpectedly; the server's log says why"));
            return;
        }
        if (done == null && asked.isEmpty() && !replacing) {
            judgePatience(screen);
        }
    }

    private void judgePatience(ScreenText screen) {
        Instant now = now();
        boolean late = now.isAfter(lastDeed.plus(parts.settings().patience()));
        boolean still = anything
                && !screen.text().isBlank()
                && now.isAfter(lastOutput.plus(STILL))
                && now.isAfter(lastKnown.plus(STILL));
        if (late || still) {
            otherwise(SignInFault.SCREEN_NOT_UNDERSTOOD.saying(
                    screen.text().isBlank()
                            ? "the CLI shows nothing"
                            : "the CLI shows a screen that this server does not know: " + lastWords()));
        }
    }

    /** The credentials may reach the disk a moment after the program says that it is done. */
    private void finish(Instant since) {
        if (watch.changed()) {
            desk.agreed(() -> {});
        } else if (now().isAfter(since.plus(CREDENTIALS_LATE))) {
            failed(SignInFault.CREDENTIALS_UNCHANGED.saying(
                    "the CLI says that it is signed in, and its credentials have not changed"));
        }
    }

    /** The program has ended, or nothing more will come of it. */
    private void ended(Console of) {
        OptionalInt code = of.exitCode();
        boolean well = code.orElse(-1) == 0;
        boolean signedIn = (well || done != null) && watch.changed();
        if (!signedIn && asked.isEmpty() && scripts.hasNext()) {
            // This one was an attempt; how it ended is not how the session's program did.
            otherwise(SignInFault.CLI_ENDED.saying("the CLI ended"));
            return;
        }
        code.ifPresent(desk::exited);
        if (signedIn) {
            desk.agreed(() -> {});
        } else if (well) {
            failed(SignInFault.CREDENTIALS_UNCHANGED.saying(
                    "the CLI ended, and its credentials have not changed" + behindColon()));
        } else {
            failed(SignInFault.CLI_ENDED.saying(
                    "the CLI ended" + (code.isPresent() ? " with " + code.getAsInt() : "") + behindColon()));
        }
    }

    private String behindColon() {
        String words = lastWords();
        return words.isEmpty() ? "" : ": " + words;
    }

    private String lastWords() {
        return script.isProtocol()
                ? ""
                : secrets.without(LastWords.of(shown.now().text()));
    }

    @Override
    public void submit(SignInInputKind kind, String value) {
        lock.lock();
        try {
            Console present = console;
            if (present == null || closed || replacing || present.exitCode().isPresent()) {
                throw new RefusedException(ErrorCode.INPUT_REFUSED, "The CLI has ended");
            }
            script.submit(value, shown.now(), this);
            logs.entered(kind.wire(), value.length());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void look(Instant now) {
        lookNow();
        lock.lock();
        try {
            Console present = console;
            // Something of it may hold its terminal open; then no end of the output tells of its own.
            if (!closed
                    && present != null
                    && !replacing
                    && present.exitCode().isPresent()
                    && now.isAfter(lastOutput.plus(TICK.multipliedBy(4)))) {
                ended(present);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Console present;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            present = console;
        } finally {
            lock.unlock();
        }
        if (present != null) {
            present.close();
        }
        logs.close();
        for (LaidAside each : aside) {
            try {
                each.putBack(desk.hasSucceeded());
            } catch (RuntimeException e) {
                LOG.warn("what was laid aside for a sign-in could not be put back", e);
                desk.wentWrongToo("what was laid aside could not be put back: " + e.getMessage());
            }
        }
        parts.binaries().release(marker);
    }

    @Override
    public Instant now() {
        return parts.clock().instant();
    }

    @Override
    public Instant begun() {
        return begun;
    }

    @Override
    public Instant lastOutput() {
        return lastOutput;
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
        if (console != null) {
            console.write(keys);
        }
    }

    @Override
    public void answered() {
        desk.answered();
    }

    @Override
    public void done() {
        if (done == null) {
            done = now();
            finish(done);
        }
    }

    @Override
    public void failed(SignInProblem why) {
        lock.lock();
        try {
            if (!script.isProtocol()) {
                desk.note("screen", secrets.without(LastWords.screen(shown.now().text())));
            }
        } finally {
            lock.unlock();
        }
        desk.failed(why.fault().saying(secrets.without(why.words())));
    }

    @Override
    public void otherwise(SignInProblem why) {
        if (!scripts.hasNext()) {
            failed(why);
            return;
        }
        if (replacing) {
            return;
        }
        replacing = true;
        Console former = console;
        script = scripts.next();
        parts.background().submit("sign-in screen", () -> {
            if (former != null) {
                former.close();
            }
            start();
        });
    }

    @Override
    public void hide(String value, boolean beginnings) {
        secrets.add(value, beginnings);
    }
}
