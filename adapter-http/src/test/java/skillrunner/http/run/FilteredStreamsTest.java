package skillrunner.http.run;

import io.javalin.Javalin;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.run.RunId;
import skillrunner.http.HttpSettings;
import skillrunner.testkit.background.ImmediateTasks;
import skillrunner.testkit.background.SequentialIds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A filter may put an output of its own around the container's, as those do that compress, count or log. */
class FilteredStreamsTest {
    private static final int FRAMES = 400;

    private final List<String> early = new CopyOnWriteArrayList<>();
    private final AtomicReference<Runnable> wake = new AtomicReference<>(() -> {});
    private final AtomicInteger flushes = new AtomicInteger();
    private final Javalin server;

    FilteredStreamsTest(@TempDir Path temporary) {
        ImmediateTasks tasks = new ImmediateTasks();
        tasks.hold("sse-heartbeats");
        StreamConnections connections = new StreamConnections(tasks, Clock.systemUTC(), settings(temporary));
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.jetty.modifyServletContextHandler(handler -> handler.addFilter(
                    new FilterHolder((Filter) (request, response, chain) ->
                            chain.doFilter(request, new Wrapped((HttpServletResponse) response))),
                    "/*",
                    EnumSet.of(DispatcherType.REQUEST)));
            config.routes.get(
                    "/events",
                    ctx -> connections.open(ctx, new RunId(SequentialIds.id(1)), "text/event-stream", waking -> {
                        wake.set(waking);
                        return new Numbers();
                    }));
        });
        server.start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void frames_go_through_an_output_that_is_not_the_containers() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/events"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString(UTF_8));

        assertThat(answer.body().lines().filter(line -> line.startsWith("data: ")))
                .hasSize(FRAMES)
                .endsWith("data: " + FRAMES);
        assertThat(flushes).hasPositiveValue();
        assertThat(early)
                .as("what was done before the container said that it can be")
                .isEmpty();
    }

    private static HttpSettings settings(Path temporary) {
        return new HttpSettings(
                "127.0.0.1",
                0,
                Set.of(),
                Optional.empty(),
                1,
                1,
                1,
                10,
                temporary,
                10,
                10,
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofMinutes(1));
    }

    /** Tells numbers, each with a thousand letters behind it. */
    private static final class Numbers implements StreamFeed {
        private int told;

        @Override
        public Optional<byte[]> next() {
            if (told == FRAMES) {
                return Optional.empty();
            }
            told++;
            return Optional.of((": " + "x".repeat(1_000) + "\ndata: " + told + "\n\n").getBytes(UTF_8));
        }

        @Override
        public boolean hasBacklog() {
            return told < FRAMES;
        }

        @Override
        public boolean finished() {
            return told == FRAMES;
        }

        @Override
        public byte[] heartbeat(Instant now) {
            return ":\n\n".getBytes(UTF_8);
        }

        @Override
        public void close() {}
    }

    private final class Wrapped extends HttpServletResponseWrapper {
        Wrapped(HttpServletResponse response) {
            super(response);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return new Output(super.getOutputStream());
        }
    }

    /** Wakes the stream at the very moment at which it is handed to the container. */
    private final class Output extends ServletOutputStream {
        private final ServletOutputStream within;
        private volatile boolean begun;

        Output(ServletOutputStream within) {
            this.within = within;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            Objects.requireNonNull(wake.get()).run();
            within.setWriteListener(new WriteListener() {
                @Override
                public void onWritePossible() throws IOException {
                    begun = true;
                    listener.onWritePossible();
                }

                @Override
                public void onError(Throwable t) {
                    listener.onError(t);
                }
            });
        }

        @Override
        public boolean isReady() {
            note("asked");
            return within.isReady();
        }

        @Override
        public void write(int b) throws IOException {
            note("written");
            within.write(b);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            note("written");
            within.write(b, off, len);
        }

        @Override
        public void flush() throws IOException {
            flushes.incrementAndGet();
            within.flush();
        }

        private void note(String what) {
            if (!begun) {
                early.add(what);
            }
        }
    }
}
