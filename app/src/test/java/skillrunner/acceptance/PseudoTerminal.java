package skillrunner.acceptance;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.awaitility.Awaitility.await;

/** A command of the launcher at a terminal, as somebody who types has it. */
final class PseudoTerminal implements AutoCloseable {
    static final String CTRL_C = "\u0003";

    private static final int PATIENCE_SECONDS = 60;

    private final PtyProcess process;
    private final StringBuilder screen = new StringBuilder();
    private final Thread reader;

    private PseudoTerminal(PtyProcess process) {
        this.process = process;
        this.reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    static PseudoTerminal start(Path home, Map<String, String> settings, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Repository.launcher().toString()));
        command.addAll(List.of(arguments));
        return start(command, home, settings);
    }

    /** A line of a shell at a terminal. */
    static PseudoTerminal shell(Path home, Map<String, String> settings, String line) throws IOException {
        return start(List.of("sh", "-c", line), home, settings);
    }

    private static PseudoTerminal start(List<String> command, Path home, Map<String, String> settings)
            throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(RunningServer.environment(home, settings));
        environment.put("TERM", "xterm");
        return new PseudoTerminal(new PtyProcessBuilder(command.toArray(String[]::new))
                .setEnvironment(environment)
                .setInitialColumns(200)
                .setInitialRows(50)
                .start());
    }

    /** Everything that was drawn, with whatever would act on a terminal. */
    String screen() {
        synchronized (screen) {
            return screen.toString();
        }
    }

    void awaitText(String text) {
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> screen().contains(text));
    }

    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the command goes on:\n" + screen());
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            byte[] part = new byte[8192];
            for (int length = in.read(part); length >= 0; length = in.read(part)) {
                synchronized (screen) {
                    screen.append(new String(part, 0, length, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
