package skillrunner.process.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.console.Console;
import skillrunner.application.console.ConsoleFailedException;
import skillrunner.application.console.ConsoleProgram;
import skillrunner.application.console.ConsoleSize;
import skillrunner.application.console.Consoles;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.process.launch.MarkedProcesses;
import skillrunner.process.launch.RunIsolation;
import skillrunner.process.table.ProcessTable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Programs that are not easily ended, heard or held back. */
@Tag("one-jdk")
@Timeout(300)
class PtyConsolesTest {
    private static final byte[] CTRL_C = {3};

    @TempDir
    Path folder;

    private final PtyConsoles consoles = new PtyConsoles(RunIsolation::switchedOff);

    @AfterEach
    void nothingIsLeft() {
        new MarkedProcesses().end(marker());
    }

    @Test
    void ctrl_c_interrupts_what_floods_the_screen() {
        try (Console console = start("trap : INT\nyes\necho ended $?\nread -r wait")) {
            byte[] buffer = new byte[8192];
            assertThat(console.read(buffer)).isPositive();

            console.write(CTRL_C);

            StringBuilder tail = new StringBuilder();
            while (!tail.toString().contains("ended 130")) {
                tail.append(new String(buffer, 0, console.read(buffer), StandardCharsets.UTF_8));
                tail.delete(0, Math.max(0, tail.length() - 2 * buffer.length));
            }
        }
    }

    @Test
    void a_program_that_nobody_reads_stands_still_and_can_be_closed() {
        Console console = start(": >started\nwhile :; do echo x >>count; head -c 65536 /dev/zero | tr '\\0' a; done");
        eventually(() -> exists("started"));
        // It is held in its first rounds: the kernel takes some kilobytes, and one piece waits for its reader.
        eventually(() -> ProcessTable.ofThisMachine().children(console.pid()).orElseThrow().stream()
                .anyMatch(child -> name(child).equals("tr") && waits(child)));

        console.close();

        assertThat(count()).isLessThan(4);
        assertThat(carriers()).isEmpty();
    }

    @Test
    void a_program_that_takes_nothing_in_does_not_hold_up_the_end() {
        Console console = start("stty raw -echo\n: >started\nwhile :; do sleep 1; done");
        eventually(() -> exists("started"));
        Thread typist = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                console.write(new byte[4096]);
            }
        });
        typist.start();
        eventually(() -> typist.getState() == Thread.State.WAITING);

        console.close();

        eventually(() -> !typist.isAlive());
        assertThat(threads()).isEmpty();
        assertThat(carriers()).isEmpty();
    }

    @Test
    void who_ignores_the_request_to_end_is_ended() {
        Console console = start("trap '' TERM HUP INT\n: >started\nwhile :; do sleep 0.1; done");
        eventually(() -> exists("started"));

        console.close();

        assertThat(console.exitCode()).hasValue(137);
        assertThat(carriers()).isEmpty();
    }

    @Test
    void a_daemon_that_left_the_terminal_is_ended() {
        Console console =
                start("(setsid sh -c 'echo $$ >daemon; exec sleep 1000' </dev/null >/dev/null 2>&1 &)\nread -r wait");
        eventually(() ->
                exists("daemon") && !Files.readString(folder.resolve("daemon")).isBlank());
        assertThat(carriers()).hasSizeGreaterThanOrEqualTo(2);

        console.close();

        assertThat(carriers()).isEmpty();
    }

    @Test
    void who_shed_the_marker_but_not_the_session_is_ended() throws IOException {
        Console console =
                start("(env -i sh -c 'echo $$ >orphan; exec sleep 1000' </dev/null >/dev/null 2>&1 &)\nread -r wait");
        eventually(() ->
                exists("orphan") && !Files.readString(folder.resolve("orphan")).isBlank());
        long orphan = Long.parseLong(Files.readString(folder.resolve("orphan")).strip());

        console.close();

        assertThat(ProcessTable.ofThisMachine().find(orphan)).isEmpty();
    }

    @Test
    void in_a_namespace_nobody_outlives_the_program_whatever_was_shed() {
        RunIsolation isolation = RunIsolation.ofThisMachine();
        assertThat(isolation.kind()).isEqualTo(ProcessIsolation.PID_NAMESPACE);
        String lost = "sleep 1000." + System.nanoTime();
        try (Console console = start(
                new PtyConsoles(() -> isolation),
                "(setsid env -i sh -c ': >orphan; exec /bin/" + lost
                        + "' </dev/null >/dev/null 2>&1 &)\nread -r wait; exit 9")) {
            eventually(() -> exists("orphan") && runs(lost));

            console.write("go on\n".getBytes(StandardCharsets.UTF_8));

            eventually(() -> console.exitCode().isPresent());
            assertThat(console.exitCode()).hasValue(9);
            eventually(() -> !runs(lost));
        }
    }

    @Test
    void a_later_server_ends_what_an_earlier_one_left() {
        Console console = start("trap '' HUP\n: >started\nread -r wait");
        eventually(() -> exists("started"));

        assertThat(consoles.endLeftovers(marker())).isZero();

        assertThat(carriers()).isEmpty();
        console.close();
    }

    @Test
    void a_folder_that_is_not_there_is_not_replaced_by_another() {
        ConsoleProgram lost = new ConsoleProgram(
                List.of("/bin/sh"), Map.of(), folder.resolve("absent").toString(), marker(), ConsoleSize.USUAL);

        assertThatExceptionOfType(ConsoleFailedException.class)
                .isThrownBy(() -> consoles.start(lost))
                .withMessageContaining("folder");
    }

    @Test
    void many_that_come_and_go_leave_no_threads_files_or_processes() throws IOException {
        openAndCut(3);
        long files = openFiles();

        openAndCut(30);

        assertThat(openFiles()).isLessThanOrEqualTo(files + 1);
        assertThat(threads()).isEmpty();
        assertThat(carriers()).isEmpty();
    }

    private void openAndCut(int times) {
        for (int i = 0; i < times; i++) {
            Console console = start("echo ready; exec cat");
            assertThat(console.read(new byte[8])).isPositive();
            console.close();
        }
    }

    private static boolean runs(String command) {
        return ProcessHandle.allProcesses().anyMatch(process -> process.info()
                .commandLine()
                .filter(line -> line.endsWith(command))
                .isPresent());
    }

    private Console start(String script) {
        return start(consoles, script);
    }

    private Console start(Consoles from, String script) {
        return from.start(new ConsoleProgram(
                List.of("/bin/sh", "-c", script),
                Map.of("PATH", System.getenv("PATH")),
                folder.toString(),
                marker(),
                ConsoleSize.USUAL));
    }

    private String marker() {
        return "console-test-" + folder;
    }

    private List<Long> carriers() {
        ProcessTable table = ProcessTable.ofThisMachine();
        return List.copyOf(table.carriers(MarkedProcesses.VARIABLE + "=" + marker(), table.all()));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("console-"))
                .toList();
    }

    private boolean exists(String name) {
        return Files.exists(folder.resolve(name));
    }

    private long count() {
        try {
            return Files.readString(folder.resolve("count")).lines().count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String name(long pid) {
        return ProcessTable.ofThisMachine().name(pid);
    }

    /** Whether the kernel lets it wait for room in the terminal. */
    private static boolean waits(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/wchan")).contains("n_tty_write")
                    || Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") S ");
        } catch (IOException e) {
            return false;
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private static void eventually(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(condition);
    }
}
