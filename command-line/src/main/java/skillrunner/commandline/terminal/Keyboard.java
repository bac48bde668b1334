package skillrunner.commandline.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What somebody types, line by line, read aside so that nobody has to wait for it. At most one line is read at a time: whoever asks
 * while one is awaited gets that one. Thread-safe.
 */
public final class Keyboard {
    /** More than anybody types; what is pasted and longer is cut. */
    private static final int LONGEST = 1 << 20;

    private final InputStream in;
    private final Charset charset;
    private final Executor background;
    private final Supplier<Optional<String>> unseen;
    private final AtomicBoolean reading = new AtomicBoolean();

    /**
     * Reads from a stream.
     *
     * @param in the keyboard
     * @param charset how it writes
     * @param background reads; must not keep the process from ending
     * @param unseen reads a line without showing it; empty where there is no terminal for that
     */
    public Keyboard(InputStream in, Charset charset, Executor background, Supplier<Optional<String>> unseen) {
        this.in = Objects.requireNonNull(in);
        this.charset = Objects.requireNonNull(charset);
        this.background = Objects.requireNonNull(background);
        this.unseen = Objects.requireNonNull(unseen);
    }

    /**
     * Has the next line read, unless it is awaited already.
     *
     * @param typed is given the line without its end, or empty at the end of the input; on another thread
     */
    public void next(Consumer<Optional<String>> typed) {
        next(this::read, typed);
    }

    /**
     * Has the next line read as {@link #next} does, but not shown while it is typed.
     *
     * @param typed is given the line without its end, or empty at the end of the input; on another thread
     */
    public void nextUnseen(Consumer<Optional<String>> typed) {
        next(() -> unseen.get().or(this::read), typed);
    }

    private void next(Supplier<Optional<String>> reader, Consumer<Optional<String>> typed) {
        if (!reading.getAndSet(true)) {
            background.execute(() -> {
                Optional<String> line = reader.get();
                reading.set(false);
                typed.accept(line);
            });
        }
    }

    private Optional<String> read() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            for (; next >= 0 && next != '\n'; next = in.read()) {
                if (line.size() < LONGEST) {
                    line.write(next);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        String text = line.toString(charset);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
