package skillrunner.workspace.home;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.TrustedFolders;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.engine.TestEngineCli;
import skillrunner.testkit.terminal.TestTerminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The one file in which an engine keeps the folders it trusts, with several who change it. */
class TrustInSharedHomeTest {
    private static final int SESSIONS = 40;

    @TempDir
    Path home;

    /** What a killed server left is ended beside the start of the next one, which shows terminals meanwhile; and another server may do so too. */
    @Test
    void the_recovery_of_sign_ins_and_the_starts_of_terminals_lose_no_entry_of_each_other() throws Exception {
        trusted().add(EngineId.CODEX, List.of("/mine"));
        trusted().add(EngineId.CODEX, sessions("sign-in"));
        CyclicBarrier together = new CyclicBarrier(3);
        ExecutorService racers = Executors.newFixedThreadPool(3);
        List<Future<?>> racing = new ArrayList<>();
        racing.add(racers.submit(() -> {
            TrustedFolders recovery = trusted();
            together.await();
            sessions("sign-in").forEach(folder -> recovery.remove(EngineId.CODEX, List.of(folder)));
            return null;
        }));
        for (String server : List.of("here", "elsewhere")) {
            racing.add(racers.submit(() -> {
                TrustedFolders terminals = trusted();
                together.await();
                sessions(server).forEach(folder -> terminals.add(EngineId.CODEX, List.of(folder)));
                return null;
            }));
        }
        for (Future<?> racer : racing) {
            racer.get();
        }
        racers.shutdown();

        List<String> wanted = new ArrayList<>(List.of("/mine"));
        wanted.addAll(sessions("here"));
        wanted.addAll(sessions("elsewhere"));
        assertThat(Files.readAllLines(file())).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void a_file_in_which_nothing_is_left_goes_and_one_that_is_made_is_private() throws Exception {
        trusted().add(EngineId.CODEX, List.of("/one", "/two"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");

        trusted().remove(EngineId.CODEX, List.of("/two"));
        assertThat(file()).hasContent("/one");
        trusted().remove(EngineId.CODEX, List.of("/one", "/never"));
        assertThat(file()).doesNotExist();
        trusted().remove(EngineId.CODEX, List.of("/never"));
        assertThat(file()).doesNotExist();
    }

    /** An agent can write its home: what it puts in the way is told, and waited for by nobody. */
    @Test
    void what_is_planted_in_the_place_of_the_file_or_its_lock_stops_it_with_a_reason() throws Exception {
        Files.createDirectories(file().getParent());
        Path elsewhere = Files.writeString(home.resolve("elsewhere"), "kept");
        Path lock = file().resolveSibling(".trusted.skill-runner.lock");
        for (Path planted : List.of(file(), lock)) {
            Files.deleteIfExists(lock);
            new ProcessBuilder("mkfifo", planted.toString()).start().waitFor();
            assertRefused();
            Files.delete(planted);
            Files.createDirectory(planted);
            assertRefused();
            Files.delete(planted);
        }
        Files.createSymbolicLink(file(), elsewhere);
        trusted().add(EngineId.CODEX, List.of("/one"));
        assertThat(elsewhere).hasContent("kept");
    }

    private void assertRefused() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> trusted().add(EngineId.CODEX, List.of("/one")));
    }

    private static List<String> sessions(String name) {
        return IntStream.range(0, SESSIONS)
                .mapToObj(number -> "/" + name + "/" + number)
                .toList();
    }

    private Path file() {
        return home.resolve(new TestTerminal(EngineId.CODEX).trustFile());
    }

    /** Of a server. */
    private TrustedFolders trusted() {
        return new TrustedFolders(
                new Engines(List.of(new TestEngineCli(EngineId.CODEX)), List.of(), Optional.<List<EngineId>>empty()),
                new FilesystemAgentHome(home));
    }
}
