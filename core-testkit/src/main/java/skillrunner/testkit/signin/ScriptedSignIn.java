package skillrunner.testkit.signin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import skillrunner.application.signin.BrowserAnswer;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInDriver;
import skillrunner.application.signin.SignInWork;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInWay;

/**
 * A driver whose sessions do what a test says: by default they ask for a text at a page and do nothing more. What it began last is
 * at hand. Safe for concurrent use as far as a test sets it up before.
 */
public final class ScriptedSignIn implements SignInDriver {
    /** The page that is asked to be opened. */
    public static final String PAGE = "https://provider.example/authorize";

    private final List<SignInWay> ways;
    private final List<Work> begun = new ArrayList<>();
    private volatile Consumer<SignInDesk> onBegin =
            desk -> desk.asked(SignInPrompt.page(PAGE, SignInInputKind.TEXT), Optional.empty());
    private volatile Consumer<Submission> onSubmit =
            submission -> submission.desk().answered();
    private volatile Consumer<SignInDesk> onLook = desk -> {};
    private volatile Function<BrowserAnswer, Boolean> onCallBack = answer -> false;

    /** Can go these ways. */
    public ScriptedSignIn(SignInWay... ways) {
        this.ways = List.of(ways);
    }

    /**
     * What a user typed.
     *
     * @param desk the session's desk
     * @param kind of what kind
     * @param value what
     */
    public record Submission(SignInDesk desk, SignInInputKind kind, String value) {}

    /** Says what a session does when it begins. */
    public ScriptedSignIn onBegin(Consumer<SignInDesk> what) {
        onBegin = what;
        return this;
    }

    /** Says what a session does with what is typed. */
    public ScriptedSignIn onSubmit(Consumer<Submission> what) {
        onSubmit = what;
        return this;
    }

    /** Says what a session does each time it looks. */
    public ScriptedSignIn onLook(Consumer<SignInDesk> what) {
        onLook = what;
        return this;
    }

    /** Says whether an answer of a browser belongs to a session. */
    public ScriptedSignIn onCallBack(Function<BrowserAnswer, Boolean> what) {
        onCallBack = what;
        return this;
    }

    @Override
    public List<SignInWay> ways() {
        return ways;
    }

    @Override
    public SignInWork begin(SignInWay way, SignInDesk desk) {
        onBegin.accept(desk);
        Work work = new Work(desk);
        synchronized (begun) {
            begun.add(work);
        }
        return work;
    }

    /** Returns what was begun last. */
    public Work last() {
        synchronized (begun) {
            return begun.get(begun.size() - 1);
        }
    }

    /** Returns how many sessions began. */
    public int begun() {
        synchronized (begun) {
            return begun.size();
        }
    }

    /** One session. */
    public final class Work implements SignInWork {
        private final SignInDesk desk;
        private int closes;
        private int looks;

        private Work(SignInDesk desk) {
            this.desk = desk;
        }

        /** Returns where the session's driver tells what happens. */
        public SignInDesk desk() {
            return desk;
        }

        /** Returns how often it was closed. */
        public synchronized int closes() {
            return closes;
        }

        /** Returns how often it looked. */
        public synchronized int looks() {
            return looks;
        }

        @Override
        public void submit(SignInInputKind kind, String value) {
            onSubmit.accept(new Submission(desk, kind, value));
        }

        @Override
        public boolean callBack(BrowserAnswer answer) {
            return onCallBack.apply(answer);
        }

        @Override
        public void look(Instant now) {
            synchronized (this) {
                looks++;
            }
            onLook.accept(desk);
        }

        @Override
        public synchronized void close() {
            closes++;
        }
    }
}
