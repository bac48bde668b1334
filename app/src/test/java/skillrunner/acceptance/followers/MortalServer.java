package skillrunner.acceptance.followers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.RunningServer;

/** A server at one address that is killed and started again. Safe for concurrent use by its clients. */
final class MortalServer implements AutoCloseable {
    private final Path home;
    private final Map<String, String> settings;
    private final ApiClient client;
    private @Nullable RunningServer alive;

    MortalServer(Path home) throws IOException {
        this.home = home;
        RunningServer first = RunningServer.start(home, Map.of());
        this.settings = Map.of("PORT", Integer.toString(first.port()));
        this.client = first.client();
        this.alive = first;
    }

    /** Waits until there is a server. */
    synchronized ApiClient awaitClient() throws InterruptedException {
        while (alive == null) {
            wait();
        }
        return client;
    }

    void killAndStart() throws IOException, InterruptedException {
        RunningServer killed = replace(null);
        if (killed != null) {
            killed.kill();
        }
        replace(RunningServer.start(home, settings));
    }

    private synchronized @Nullable RunningServer replace(@Nullable RunningServer by) {
        RunningServer before = alive;
        alive = by;
        notifyAll();
        return before;
    }

    @Override
    public void close() {
        RunningServer last = replace(null);
        if (last != null) {
            last.close();
        }
    }
}
