package skillrunner.oauth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Two servers of their own processes renew one sign-in again and again, and are killed while they do. */
class RenewalRaceTest {
    private static final int RENEWALS = 100;
    private static final int KILLS = 16;
    private static final List<String> CALLERS = List.of("one", "other");

    @TempDir
    private Path home;

    @Test
    @Timeout(300)
    void nobody_has_to_sign_in_again() throws Exception {
        Path file = Files.createDirectories(home.resolve(".codex")).resolve("auth.json");
        Files.writeString(
                file,
                "{\"agent\": \"kept\", \"tokens\": {\"access_token\": \"" + Jwt.of("{\"exp\": 1}")
                        + "\", \"refresh_token\": \"" + OneUseProvider.FIRST + "\"}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Looks looks = new Looks(file);
        Killer killer = new Killer(looks);
        try (OneUseProvider provider = new OneUseProvider(killer)) {
            List<Thread> servers = CALLERS.stream()
                    .map(caller -> new Thread(() -> serve(provider, killer, caller), caller))
                    .toList();
            servers.forEach(Thread::start);
            for (Thread server : servers) {
                server.join();
            }

            assertThat(provider.forcedSignIns()).as(killer.toString()).isZero();
            assertThat(provider.given()).isGreaterThanOrEqualTo(RENEWALS);
            assertThat(killer.kills.get()).isGreaterThanOrEqualTo(KILLS);
            // Whoever is not killed has what it was given, and whoever comes later reads it: without kills nothing is
            // spent twice.
            assertThat(provider.repeated()).as(killer.toString()).isLessThanOrEqualTo(killer.kills.get());
            assertThat(looks.faults).isEmpty();
            assertThat(looks.looks).hasValueGreaterThan(RENEWALS);
            assertThat(provider.isAlive(token(file).orElseThrow())).isTrue();
        }
    }

    /** A server that is started again until enough was renewed. */
    private void serve(OneUseProvider provider, Killer killer, String caller) {
        try {
            while (goesOn(provider, killer)) {
                Process process = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RenewalRacer.class.getName(),
                                home.toString(),
                                provider.address(caller).toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                killer.processes.put(caller, process);
                try (BufferedReader told = process.inputReader()) {
                    while (told.readLine() != null && goesOn(provider, killer)) {
                        killer.told(caller);
                    }
                }
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean goesOn(OneUseProvider provider, Killer killer) {
        return provider.forcedSignIns() == 0 && (provider.given() < RENEWALS || killer.kills.get() < KILLS);
    }

    private static Optional<String> token(Path file) throws IOException {
        return Json.parse(Files.readAllBytes(file))
                .filter(it -> Json.text(it, "agent").filter("kept"::equals).isPresent())
                .map(it -> it.path("tokens"))
                .filter(ObjectNode.class::isInstance)
                .flatMap(it -> Json.text(it, "refresh_token"));
    }

    /** Looks at the file, again and again while others write it. */
    private static final class Looks {
        private final Path file;
        private final Queue<String> faults = new ConcurrentLinkedQueue<>();
        private final AtomicInteger looks = new AtomicInteger();

        Looks(Path file) {
            this.file = file;
        }

        void look() {
            try {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                if (!mode.equals("rw-------")) {
                    faults.add(mode);
                }
                if (token(file).isEmpty()) {
                    faults.add("no credentials");
                }
            } catch (IOException e) {
                faults.add(e.toString());
            }
            looks.incrementAndGet();
        }
    }

    /** Kills whoever has the lock, now and then, at one of the moments that can be told apart. */
    private static final class Killer implements OneUseProvider.Fate {
        private static final int MOMENTS = 4;
        private static final int ONE_IN = 20;

        private final Map<String, Process> processes = new ConcurrentHashMap<>();
        private final AtomicInteger kills = new AtomicInteger();
        private final long seed = new SecureRandom().nextLong();
        private final Random random = new Random(seed);
        private final int[] byMoment = new int[MOMENTS];
        private final Looks looks;

        Killer(Looks looks) {
            this.looks = looks;
        }

        @Override
        public boolean asked(String caller) {
            return !kills(caller, 0);
        }

        @Override
        public boolean spent(String caller) {
            return !kills(caller, 1);
        }

        @Override
        public void answered(String caller) {
            kills(caller, 2);
        }

        void told(String caller) {
            kills(caller, 3);
        }

        private boolean kills(String caller, int moment) {
            looks.look();
            return killsNow(caller, moment);
        }

        private synchronized boolean killsNow(String caller, int moment) {
            Process process = processes.get(caller);
            if (process == null || random.nextInt(ONE_IN) > 0) {
                return false;
            }
            process.toHandle().destroyForcibly();
            kills.incrementAndGet();
            byMoment[moment]++;
            return true;
        }

        @Override
        public synchronized String toString() {
            return "seed " + seed + ", killed when asked, spent, answered, told: " + Arrays.toString(byMoment);
        }
    }
}
