package skillrunner.testkit.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.engine.CliSource;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.domain.engine.EngineId;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link EngineBinaries} promises. The CLI of every test is that of codex. */
public abstract class EngineBinariesContract {
    private static final String PROGRAM = EngineId.CODEX.wire();
    private static final List<String> NAMES = List.of(PROGRAM);

    /** A machine on which CLIs are installed. */
    protected interface Machine {
        /**
         * Returns what is tested.
         *
         * @return the same for the whole test
         */
        EngineBinaries binaries();

        /** Installs another version of codex and makes it current; versions that nobody needs any more are removed. */
        void installNext();

        /** Takes codex away. */
        void uninstall();

        /**
         * Tells whether a program is there.
         *
         * @param program as it was found
         * @return whether it could be started
         */
        boolean exists(String program);
    }

    private Machine machine;
    private EngineBinaries binaries;

    /** Made before each test. */
    protected EngineBinariesContract() {}

    /**
     * Makes a machine without any CLI.
     *
     * @return the machine
     */
    protected abstract Machine emptyMachine();

    @BeforeEach
    void prepare() {
        machine = emptyMachine();
        binaries = machine.binaries();
    }

    @Test
    void what_is_not_installed_is_found_nowhere_and_can_not_be_held() {
        assertThat(binaries.find(NAMES)).isEmpty();
        assertThat(binaries.locate(NAMES).effective()).isEmpty();
        assertThat(binaries.locate(NAMES).source()).isEqualTo(CliSource.MISSING);
        assertThat(binaries.hold(NAMES, "run.1")).isEmpty();
        binaries.release("run.1");
    }

    @Test
    void an_installation_shows_at_once_and_so_does_its_end() {
        machine.installNext();
        assertThat(binaries.find(NAMES)).hasValueSatisfying(program -> {
            assertThat(program).startsWith("/");
            assertThat(machine.exists(program)).isTrue();
        });
        assertThat(binaries.locate(NAMES).source()).isEqualTo(CliSource.MANAGED);

        machine.uninstall();
        assertThat(binaries.find(NAMES)).isEmpty();
    }

    @Test
    void names_are_tried_in_their_order() {
        machine.installNext();

        assertThat(binaries.find(List.of("no-such-program", PROGRAM))).isEqualTo(binaries.find(NAMES));
        assertThat(binaries.find(List.of())).isEmpty();
    }

    @Test
    void what_is_held_is_what_was_found_and_another_version_is_found_after_it() {
        machine.installNext();
        Optional<String> found = binaries.find(NAMES);

        assertThat(binaries.hold(NAMES, "run.1")).isEqualTo(found);

        machine.installNext();
        assertThat(binaries.find(NAMES)).isPresent().isNotEqualTo(found);
    }

    @Test
    void what_is_held_stays_until_it_is_released() {
        machine.installNext();
        String held = binaries.hold(NAMES, "run.1").orElseThrow();
        installMore();
        assertThat(machine.exists(held)).isTrue();

        binaries.release("run.1");
        binaries.release("run.1");
        installMore();

        assertThat(machine.exists(held)).isFalse();
    }

    @Test
    void who_holds_again_lets_go_of_what_was_held_before() {
        machine.installNext();
        String first = binaries.hold(NAMES, "run.1").orElseThrow();
        machine.installNext();
        String second = binaries.hold(NAMES, "run.1").orElseThrow();

        installMore();

        assertThat(machine.exists(first)).isFalse();
        assertThat(machine.exists(second)).isTrue();
    }

    @Test
    void one_who_lets_go_takes_nothing_from_another() {
        machine.installNext();
        String held = binaries.hold(NAMES, "run.1").orElseThrow();
        assertThat(binaries.hold(NAMES, "run.2")).contains(held);

        binaries.release("run.1");
        binaries.release("nobody");
        installMore();

        assertThat(machine.exists(held)).isTrue();
    }

    @Test
    void a_child_gets_what_is_set_for_it_before_everything_else() {
        assertThat(binaries.environment(Set.of(), Map.of("ENGINE_KEY", "set", "PATH", "/only/here")))
                .containsEntry("ENGINE_KEY", "set")
                .containsEntry("PATH", "/only/here");
        assertThat(binaries.environment(Set.of(), Map.of())).containsKey("PATH").doesNotContainKey("ENGINE_KEY");
    }

    /** So many that none of the earlier ones is kept for its own sake. */
    private void installMore() {
        machine.installNext();
        machine.installNext();
        machine.installNext();
    }
}
