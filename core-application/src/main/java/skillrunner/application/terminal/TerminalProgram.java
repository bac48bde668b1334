package skillrunner.application.terminal;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.console.Console;
import skillrunner.domain.terminal.TerminalSandbox;

/** A program that runs in a terminal, with what shows it. Safe for concurrent use. */
final class TerminalProgram {
    /** What a program is said to have ended with of which nobody knows. */
    private static final int UNKNOWN = -1;

    private final Console console;
    private final TerminalScreen screen;
    private final TerminalDoor door;
    private final TerminalSandbox sandbox;

    /** Done when nothing more comes from the program; with what went wrong, if something did. */
    private final CompletableFuture<Integer> over = new CompletableFuture<>();

    private TerminalProgram(
            Console console, TerminalDoor door, TerminalSandbox sandbox, Optional<ScreenFile> recording) {
        this.console = console;
        this.screen = new TerminalScreen(console, recording);
        this.door = door;
        this.sandbox = sandbox;
    }

    /** Begins to show a program that was just started. */
    static TerminalProgram show(
            Console console,
            TerminalDoor door,
            TerminalSandbox sandbox,
            Optional<ScreenFile> recording,
            BackgroundTasks background) {
        TerminalProgram program = new TerminalProgram(console, door, sandbox, recording);
        background.submit("terminal", program::pump);
        return program;
    }

    private void pump() {
        try {
            screen.pump();
            OptionalInt code = console.exitCode();
            over.complete(code.orElse(UNKNOWN));
        } catch (RuntimeException | Error e) {
            over.completeExceptionally(e);
            throw e;
        }
    }

    Console console() {
        return console;
    }

    TerminalScreen screen() {
        return screen;
    }

    TerminalDoor door() {
        return door;
    }

    TerminalSandbox sandbox() {
        return sandbox;
    }

    /** Ends it before anybody has seen it. */
    void discard() {
        screen.discard();
        console.close();
    }

    /** Waits for the end. @return whether it came in time */
    boolean endsWithin(Duration patience) {
        try {
            over.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Says what is done at the end; at once, if it has come. */
    void whenOver(Consumer<Integer> exited, Consumer<Throwable> broken) {
        var unused = over.whenComplete((code, fault) -> {
            if (fault == null) {
                exited.accept(code);
            } else {
                broken.accept(fault);
            }
        });
    }
}
