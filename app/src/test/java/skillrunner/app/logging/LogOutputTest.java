package skillrunner.app.logging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogOutputTest {
    private final List<String> kept = new ArrayList<>();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    private boolean full;

    @Test
    void a_log_that_takes_nothing_is_told_in_one_line_until_it_was_written_to_again() {
        LogOutput output =
                new LogOutput(new LogLine(), this::take, new PrintStream(complaints, true, StandardCharsets.UTF_8));

        full = true;
        publish(output, "one");
        publish(output, "two");

        assertThat(told()).hasSize(1).first().asString().contains("No space left on device");

        full = false;
        publish(output, "three");
        full = true;
        publish(output, "four");

        assertThat(kept).hasSize(1).first().asString().contains("three");
        assertThat(told()).hasSize(2);
    }

    private void take(byte[] line) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        kept.add(new String(line, StandardCharsets.UTF_8));
    }

    private List<String> told() {
        return complaints.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static void publish(LogOutput output, String message) {
        output.publish(new LogRecord(Level.INFO, message));
    }
}
