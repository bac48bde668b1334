package skillrunner.app;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGTERM and SIGINT. The JDK's own reaction can't give exit code 0 and can't be hurried by a second signal; its signal
 * class has no supported name, so it is reached by reflection.
 */
public final class TerminationSignals {
    private static final int HURRIED = 130;

    private TerminationSignals() {}

    /**
     * Calls back once, on a thread of its own, at the first signal; ends the process at once at the second.
     *
     * @param stop called at the first signal
     */
    public static void onFirst(Runnable stop) {
        AtomicBoolean stopping = new AtomicBoolean();
        for (String name : new String[] {"TERM", "INT"}) {
            handle(name, () -> {
                if (stopping.getAndSet(true)) {
                    Runtime.getRuntime().halt(HURRIED);
                }
                Thread thread = new Thread(stop, "stop");
                thread.start();
            });
        }
    }

    /**
     * Calls back at each SIGINT, on the thread of the signal; nothing ends by itself any more.
     *
     * @param reaction must not wait
     */
    public static void onInterrupt(Runnable reaction) {
        handle("INT", reaction);
    }

    private static void handle(String name, Runnable reaction) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    TerminationSignals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        reaction.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // Without the class the JDK's own reaction is left: it ends the process, with another exit code.
            Runtime.getRuntime().addShutdownHook(new Thread(reaction));
        }
    }
}
