package skillrunner.commandline.terminal;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C. The first goes to whoever listens, and may be answered by a question; the next one, before somebody listens again, ends
 * the process at once. Thread-safe.
 */
public final class Interrupts {
    private final Consumer<Runnable> signals;
    private final Consumer<String> end;
    private final AtomicBoolean installed = new AtomicBoolean();
    private final AtomicReference<@Nullable Listening> listening = new AtomicReference<>();
    private final AtomicBoolean answered = new AtomicBoolean();

    private record Listening(Runnable listener, String lastWords) {}

    /**
     * Takes what there is to catch a signal with.
     *
     * @param signals is given, once, what is to be called at each signal, on any thread; not before somebody listens, so that
     *     until then a signal does what it does to any program
     * @param end ends the process, after saying what it is given
     */
    public Interrupts(Consumer<Runnable> signals, Consumer<String> end) {
        this.signals = Objects.requireNonNull(signals);
        this.end = Objects.requireNonNull(end);
    }

    /**
     * Listens from now on, in the place of whoever listened before.
     *
     * @param listener is called at the next signal, on the thread of the signal; must not wait
     * @param lastWords what is said if a second signal ends the process
     */
    public void listen(Runnable listener, String lastWords) {
        listening.set(new Listening(listener, lastWords));
        answered.set(false);
        if (!installed.getAndSet(true)) {
            signals.accept(this::raise);
        }
    }

    /**
     * Listens no longer: the next signal ends the process at once, unless somebody listens again.
     *
     * @param lastWords what is said then
     */
    public void release(String lastWords) {
        listening.set(new Listening(() -> end.accept(lastWords), lastWords));
        answered.set(false);
    }

    /** Is called at each signal. */
    public void raise() {
        @Nullable Listening now = listening.get();
        if (now == null || answered.getAndSet(true)) {
            end.accept(now == null ? "" : now.lastWords());
        } else {
            now.listener().run();
        }
    }
}
