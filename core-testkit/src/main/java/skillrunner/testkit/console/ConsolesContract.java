package skillrunner.testkit.console;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import skillrunner.application.console.Console;
import skillrunner.application.console.ConsoleFailedException;
import skillrunner.application.console.ConsoleProgram;
import skillrunner.application.console.ConsoleSize;
import skillrunner.application.console.Consoles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What every {@link Consoles} promises. */
@Timeout(120)
public abstract class ConsolesContract {
    private static final ConsoleSize SMALL = new ConsoleSize(33, 7);

    /** Terminals and the one program that is started in them, which does what it is told. */
    protected interface Stage {
        /** Returns what is tested. */
        Consoles consoles();

        /** Returns the program. */
        ConsoleProgram program(ConsoleSize size);

        /** Returns a program that can't be started. */
        ConsoleProgram missing();

        /** Lets the program write something. */
        void prints(String text);

        /** Lets the program end. */
        void exits(int code);

        /** Returns the next line that the program was typed. */
        String line();

        /** Returns how large the program finds its screen. */
        ConsoleSize size();
    }

    private Stage stage;
    private Console console;

    /** Made before each test. */
    protected ConsolesContract() {}

    /** Makes a stage on which nothing runs. */
    protected abstract Stage emptyStage();

    @BeforeEach
    void start() {
        stage = emptyStage();
        console = stage.consoles().start(stage.program(SMALL));
    }

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void what_a_program_writes_is_read() {
        stage.prints("one");
        assertThat(read("one")).endsWith("one");
        stage.prints("two");
        assertThat(read("two")).endsWith("two");
        assertThat(console.exitCode()).isEmpty();
        assertThat(console.pid()).isPositive();
    }

    @Test
    void what_it_wrote_last_is_read_before_its_end() {
        stage.prints("last words");
        stage.exits(7);

        assertThat(readAll()).endsWith("last words");
        assertThat(console.exitCode()).hasValue(7);
        assertThat(console.read(new byte[1])).isEqualTo(-1);
    }

    @Test
    void output_comes_in_pieces_of_the_size_that_is_asked_for() {
        stage.prints("abc");
        byte[] small = new byte[2];

        StringBuilder all = new StringBuilder();
        while (!all.toString().endsWith("abc")) {
            int count = console.read(small);
            assertThat(count).isBetween(1, 2);
            all.append(new String(small, 0, count, StandardCharsets.UTF_8));
        }
    }

    @Test
    void what_is_typed_reaches_the_program() {
        console.write("hel".getBytes(StandardCharsets.UTF_8));
        console.write("lo\n".getBytes(StandardCharsets.UTF_8));

        assertThat(stage.line()).isEqualTo("hello");
    }

    @Test
    void the_screen_has_its_size_from_the_beginning_and_can_change_it() {
        assertThat(stage.size()).isEqualTo(SMALL);

        console.resize(new ConsoleSize(101, 52));

        assertThat(stage.size()).isEqualTo(new ConsoleSize(101, 52));
    }

    @Test
    void closing_ends_the_program_and_lets_go_who_waits_for_output() {
        CompletableFuture<String> reading = CompletableFuture.supplyAsync(this::readAll);

        console.close();

        assertThat(reading.join()).isNotNull();
        assertThat(console.exitCode()).isPresent();
        assertThat(console.read(new byte[1])).isEqualTo(-1);
    }

    @Test
    void what_comes_after_the_end_does_nothing() {
        stage.exits(0);
        readAll();

        console.write(new byte[] {3});
        console.resize(SMALL);
        console.close();
        console.close();
        console.write(new byte[] {3});
        console.resize(SMALL);

        assertThat(console.exitCode()).hasValue(0);
    }

    @Test
    void a_program_that_is_not_there_is_not_started() {
        assertThatExceptionOfType(ConsoleFailedException.class)
                .isThrownBy(() -> stage.consoles().start(stage.missing()))
                .withMessageContaining("program");
    }

    @Test
    void where_nothing_was_left_nothing_is_ended() {
        assertThat(stage.consoles().endLeftovers("nobody-carries-this")).isZero();
        assertThat(console.exitCode()).isEmpty();
    }

    private String read(String awaited) {
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[64];
        while (!all.toString().contains(awaited)) {
            int count = console.read(buffer);
            assertThat(count).as("after %s", all).isPositive();
            all.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        return all.toString();
    }

    private String readAll() {
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[64];
        for (int count = console.read(buffer); count > 0; count = console.read(buffer)) {
            all.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        return all.toString();
    }
}
