package skillrunner.process.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.process.AgentProcesses.LaunchOrder;
import skillrunner.application.run.process.AgentProcesses.State;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.files.FileTrees;
import skillrunner.process.table.ProcessIdentity;
import skillrunner.process.table.ProcessTable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass
@EnumSource(ProcessIsolation.class)
@Tag("one-jdk")
class StopTest extends ProcessTestBed {
    StopTest(ProcessIsolation isolation, @TempDir Path folder) {
        super(isolation, folder);
    }

    @ParameterizedTest
    @CsvSource({"'', 130", "trap '' INT, 143", "trap '' INT TERM, 137"})
    void a_cli_is_ended_as_politely_as_it_allows_and_leaves_its_exit_code(String trap, int code) {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script(trap + "\n: >ready; while :; do sleep 0.05; done"));
        eventually(() -> attempt.has("ready"));

        assertThat(stop(attempt)).isZero();

        assertThat(processes.state(attempt.process())).isEqualTo(new State.Exited(code));
        assertThat(attempt.carriers()).isEmpty();
    }

    @Test
    void a_cli_that_ends_by_itself_when_asked_keeps_its_own_exit_code() throws Exception {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script("trap 'echo saved; exit 5' INT; : >ready; while :; do sleep 0.05; done"));
        eventually(() -> attempt.has("ready"));

        assertThat(stop(attempt)).isZero();

        assertThat(processes.state(attempt.process())).isEqualTo(new State.Exited(5));
        assertThat(attempt.stdout()).isEqualTo("saved\n");
    }

    @ParameterizedTest
    @CsvSource({
        "a child, 'sleep 1000 &'",
        "a session of its own, 'setsid sleep 1000 &'",
        "a daemon without a parent, '(setsid sh -c \"sleep 1000 & exit 0\" &)'",
        "a stubborn one, 'sh -c \"trap : INT TERM; while :; do sleep 0.05; done\" &'"
    })
    void what_the_cli_started_is_ended_as_well(String kind, String start) {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script(start + "\n: >ready; exec sleep 1000"));
        eventually(() -> attempt.has("ready") && attempt.carriers().size() >= 3);

        assertThat(stop(attempt)).as(kind).isZero();

        assertThat(attempt.carriers()).as(kind).isEmpty();
        assertThat(processes.state(attempt.process())).isInstanceOf(State.Exited.class);
    }

    @Test
    void a_descendant_that_dropped_the_marker_is_found_through_its_parents() {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script("env -i /bin/sh -c 'exec sleep " + attempt.tag() + "' & exec sleep 1000"));
        eventually(() -> attempt.tagged().size() == 1);

        assertThat(stop(attempt)).isZero();

        assertThat(attempt.tagged()).isEmpty();
    }

    @Test
    void what_the_tree_starts_while_it_dies_is_ended_as_well() {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script("trap 'setsid sleep 1000 & setsid sleep 1000 & exit 1' INT TERM;"
                + " : >ready; while :; do sleep 0.05; done"));
        eventually(() -> attempt.has("ready"));

        assertThat(stop(attempt)).isZero();

        assertThat(attempt.carriers()).isEmpty();
    }

    @Test
    void a_shim_that_has_not_started_the_cli_yet_is_ended() throws Exception {
        TestAttempt attempt = attempt();
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh", "-c", "trap : INT TERM; echo ready; while :; do read -r x; done")
                .directory(attempt.folder().toFile());
        builder.environment().put(MarkedProcesses.VARIABLE, attempt.marker());
        Process shim = builder.start();
        try (var said = shim.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            ProcessIdentity identity =
                    ProcessTable.ofThisMachine().find(shim.pid()).orElseThrow().identity();
            record(attempt, identity.pid(), identity.start());
            assertThat(processes.state(attempt.process())).isEqualTo(new State.Running());

            assertThat(stop(attempt)).isZero();

            assertThat(processes.state(attempt.process())).isEqualTo(new State.Vanished());
        } finally {
            shim.destroyForcibly();
        }
    }

    @Test
    void stopping_what_never_started_does_nothing() {
        TestAttempt attempt = attempt();

        assertThat(stop(attempt)).isZero();

        assertThat(processes.state(attempt.process())).isEqualTo(new State.NotStarted());
    }

    @Test
    void stopping_what_has_ended_changes_nothing() {
        TestAttempt attempt = attempt();
        processes.launch(attempt.script("exit 6"));
        assertThat(exitCode(attempt)).isEqualTo(6);

        assertThat(stop(attempt)).isZero();

        assertThat(processes.state(attempt.process())).isEqualTo(new State.Exited(6));
    }

    @Test
    void a_process_that_was_given_the_number_of_the_shim_later_is_not_touched() throws Exception {
        TestAttempt attempt = attempt();
        Process bystander = new ProcessBuilder("/bin/sh", "-c", "sleep 1000 & echo ready; wait").start();
        try (var said = bystander.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            record(attempt, bystander.pid(), "another-boot:1");

            assertThat(processes.state(attempt.process())).isEqualTo(new State.Vanished());
            assertThat(stop(attempt)).isZero();

            assertThat(bystander.isAlive()).isTrue();
            assertThat(bystander.descendants()).hasSize(1);
        } finally {
            bystander.descendants().forEach(ProcessHandle::destroyForcibly);
            bystander.destroyForcibly();
        }
    }

    @Test
    void a_record_that_names_a_living_process_of_somebody_else_is_not_believed() throws Exception {
        TestAttempt attempt = attempt();
        Process bystander = new ProcessBuilder("/bin/sh", "-c", "sleep 1000 & echo ready; wait").start();
        try (var said = bystander.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");
            ProcessIdentity identity = ProcessTable.ofThisMachine()
                    .find(bystander.pid())
                    .orElseThrow()
                    .identity();
            record(attempt, identity.pid(), identity.start());

            assertThat(processes.find(attempt.files(), attempt.marker())).isEmpty();
            assertThat(processes.state(attempt.process())).isEqualTo(new State.Vanished());
            assertThat(stop(attempt)).isZero();
            assertThat(processes.sweep(attempt.process()).left()).isZero();

            assertThat(bystander.isAlive()).isTrue();
            assertThat(bystander.descendants()).hasSize(1);
        } finally {
            bystander.descendants().forEach(ProcessHandle::destroyForcibly);
            bystander.destroyForcibly();
        }
    }

    @Test
    void what_is_remembered_counts_whatever_became_of_the_files() throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known =
                processes.launch(attempt.script("exec sleep " + attempt.tag())).orElseThrow();
        eventually(() -> attempt.tagged().size() == 1);
        Files.delete(Path.of(attempt.files().processRecord() + ".claim"));
        record(attempt, ProcessHandle.current().pid(), "forged");

        assertThat(known.isolation()).isEqualTo(isolation);
        assertThat(processes.state(attempt.process(known))).isEqualTo(new State.Running());
        assertThat(processes.stop(attempt.process(known)).left()).isZero();

        assertThat(attempt.tagged()).isEmpty();
        assertThat(attempt.carriers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkdir %s",
                "mkfifo %s",
                "ln -s /dev/zero %s",
                "head -c 100000 /dev/zero >%s",
                "printf '{' >%s",
                "printf '{\"exit_code\":99999999999}' >%s"
            })
    void a_record_that_is_none_counts_as_none_and_holds_nobody_up(String plant) throws Exception {
        TestAttempt attempt = attempt();
        for (String name : List.of("process.1.json", "exit.1.json")) {
            Process planted = new ProcessBuilder("/bin/sh", "-c", plant.formatted(name))
                    .directory(attempt.folder().toFile())
                    .start();
            assertThat(planted.waitFor()).isZero();
        }

        assertThat(processes.state(attempt.process())).isEqualTo(new State.Vanished());
        assertThat(processes.find(attempt.files(), attempt.marker())).isEmpty();
        assertThat(stop(attempt)).isZero();
    }

    @Test
    void records_in_what_is_no_folder_count_as_none_and_who_is_remembered_is_ended() throws Exception {
        Path above = folder.resolve("above");
        TestAttempt attempt = watched(TestAttempt.in(above.resolve("attempt"), "run-above"));
        AgentProcess known =
                processes.launch(attempt.script("exec sleep " + attempt.tag())).orElseThrow();
        Awaitility.await().until(() -> !attempt.tagged().isEmpty());
        FileTrees.remove(above);
        Files.writeString(above, "no folder");

        assertThat(processes.state(attempt.process(known))).isEqualTo(new State.Running());
        assertThat(processes.stop(attempt.process(known)).left()).isZero();
        assertThat(processes.state(attempt.process(known))).isEqualTo(new State.Unrecorded());
        assertThat(attempt.carriers()).isEmpty();
    }

    @Test
    void an_attempt_whose_folder_of_records_is_lost_is_never_started() throws Exception {
        TestAttempt attempt = attempt();
        Path records = Path.of(attempt.files().processRecord()).resolveSibling("records");
        AttemptFiles elsewhere = new AttemptFiles(
                attempt.files().workspace(),
                attempt.files().watchDirectory(),
                records.resolve("prompt").toString(),
                records.resolve("stdout").toString(),
                records.resolve("stderr").toString(),
                records.resolve("process.1.json").toString(),
                records.resolve("exit.1.json").toString(),
                attempt.files().temporary());
        LaunchOrder order = attempt.script("exit 0");
        LaunchOrder lost = new LaunchOrder(
                order.program(),
                order.arguments(),
                order.environment(),
                elsewhere,
                true,
                attempt.marker(),
                order.largestFileBytes());

        assertThatExceptionOfType(StorageFaultException.class)
                .isThrownBy(() -> processes.launch(lost))
                .matches(StorageFaultException::isLasting);

        Files.writeString(records, "no folder");

        assertThatExceptionOfType(StorageFaultException.class)
                .isThrownBy(() -> processes.launch(lost))
                .matches(StorageFaultException::isLasting);
    }

    @Test
    void a_folder_in_the_place_of_the_exit_record_is_replaced_by_it() {
        TestAttempt attempt = attempt();

        processes.launch(attempt.script("mkdir -p exit.1.json/deep; exit 3"));

        eventually(() -> processes.state(attempt.process()).equals(new State.Exited(3)));
    }

    @Test
    void a_link_to_a_folder_in_the_place_of_the_exit_record_is_replaced_and_not_followed() {
        TestAttempt attempt = attempt();

        processes.launch(attempt.script("mkdir other; : >other/kept; ln -s other exit.1.json; exit 3"));

        eventually(() -> processes.state(attempt.process()).equals(new State.Exited(3)));
        assertThat(attempt.folder().resolve("other").toFile().list()).containsExactly("kept");
    }

    @Test
    void a_forged_exit_record_ends_the_run_and_all_it_started() throws Exception {
        TestAttempt attempt = attempt();
        AgentProcess known = processes
                .launch(attempt.script("sleep " + attempt.tag() + " & exec sleep 1000"))
                .orElseThrow();
        eventually(() -> attempt.tagged().size() == 1);
        Files.writeString(Path.of(attempt.files().exitRecord()), "{\"exit_code\":0}");

        assertThat(processes.state(attempt.process(known))).isEqualTo(new State.Exited(0));
        assertThat(processes.sweep(attempt.process(known)).left()).isZero();

        assertThat(attempt.tagged()).isEmpty();
        assertThat(attempt.carriers()).isEmpty();
    }

    @Test
    void another_attempt_is_not_touched_even_if_its_marker_begins_alike() {
        TestAttempt stopped = watched(TestAttempt.in(folder.resolve("a"), "run-1"));
        TestAttempt other = watched(TestAttempt.in(folder.resolve("b"), "run-10"));
        processes.launch(stopped.script("exec sleep 1000"));
        processes.launch(other.script(": >ready; exec sleep 1000"));
        eventually(() -> other.has("ready"));
        List<Long> carriers = other.carriers();

        assertThat(stop(stopped)).isZero();

        assertThat(stopped.carriers()).isEmpty();
        assertThat(processes.state(other.process())).isEqualTo(new State.Running());
        assertThat(other.carriers()).isEqualTo(carriers);
    }

    private int stop(TestAttempt attempt) {
        return processes.stop(attempt.process()).left();
    }

    private static void record(TestAttempt attempt, long pid, String start) throws Exception {
        Files.write(Path.of(attempt.files().processRecord() + ".claim"), new byte[0]);
        Files.writeString(
                Path.of(attempt.files().processRecord()), "{\"pid\":" + pid + ",\"start\":\"" + start + "\"}\n");
    }
}
