package skillrunner.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.app.settings.Settings;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.embedding.background.OpenParts;
import skillrunner.embedding.storage.DataDirectoryLock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ServerStartTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private Path data;
    private long watches;

    @BeforeEach
    void look() throws IOException {
        data = home.toRealPath().resolve("data");
        watches = watches();
    }

    @Test
    void a_start_that_fails_at_any_place_closes_what_it_opened() throws IOException {
        int place = 1;
        while (true) {
            FailingParts parts = new FailingParts(place);
            try (Server server = start(parts, "0")) {
                assertThat(server.port()).isPositive();
                break;
            } catch (PlantedException e) {
                assertAllClosed("place " + place);
                assertThat(parts.published.filter(ServerStartTest::answers)).isEmpty();
                place++;
            }
        }
        assertThat(place).as("places").isGreaterThan(8);
        assertAllClosed("a server that was closed");
    }

    @Test
    void a_database_that_cannot_be_opened_keeps_no_other_one_open() throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("engine_upgrades.db"), "no database\n".repeat(1_000));

        assertThatThrownBy(() -> start(new OpenParts(), "0")).isInstanceOf(StoreUnusableException.class);

        assertAllClosed("a damaged database");
    }

    @Test
    void a_port_that_is_taken_leaves_nothing_open() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThatThrownBy(() -> start(new OpenParts(), port)).isInstanceOf(StartRefusedException.class);
        }
        assertAllClosed("a port that is taken");
    }

    /** The lock can be taken again, and no file of the data directory is open, no folder watched, no address told. */
    private void assertAllClosed(String after) throws IOException {
        assertThat(DataDirectoryLock.take(data)).as(after).hasValueSatisfying(lock -> {
            try {
                lock.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        await(after).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(openFiles()).noneMatch(file -> file.startsWith(data.toString()));
            assertThat(watches()).isEqualTo(watches);
        });
        assertThat(ServerAddress.read(data)).as(after).isEmpty();
    }

    private Server start(OpenParts parts, String port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", port);
        environment.put("SKILL_RUNNER_DATA_DIR", data.toString());
        environment.put("SKILL_RUNNER_SKILLS_DIR", home.resolve("skills").toString());
        environment.put("SKILL_RUNNER_MODELS_DIR", home.resolve("models").toString());
        environment.put("SKILL_RUNNER_AGENT_HOME", home.resolve("agent-home").toString());
        environment.put("SKILL_RUNNER_NPM_PREFIX", home.resolve("npm").toString());
        return Server.start(Settings.read(environment, home, home), environment, reason -> {}, parts);
    }

    private static boolean answers(URI address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static long watches() throws IOException {
        return openFiles().stream().filter(file -> file.contains("inotify")).count();
    }

    private static List<String> openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(OPEN_FILES)) {
            return descriptors
                    .map(ServerStartTest::target)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    private static Optional<String> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Fails as soon as it has been given so many. */
    private final class FailingParts extends OpenParts {
        private final int place;
        private int opened;
        private Optional<URI> published = Optional.empty();

        FailingParts(int place) {
            this.place = place;
        }

        @Override
        public <T extends AutoCloseable> T add(T part) {
            T added = super.add(part);
            published = ServerAddress.read(data);
            if (++opened == place) {
                throw new PlantedException();
            }
            return added;
        }
    }

    private static final class PlantedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
