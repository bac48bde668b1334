package skillrunner.process.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.console.ConsoleProgram;
import skillrunner.application.console.ConsoleSize;
import skillrunner.application.console.Consoles;
import skillrunner.process.launch.RunIsolation;
import skillrunner.testkit.console.ConsolesContract;

class PtyConsolesContractTest extends ConsolesContract {
    /** Takes its orders from a pipe, so that the terminal is left to what is tested. */
    private static final String PROGRAM = "stty -echo\n"
            + "mkfifo orders\n"
            + "exec 3<>orders\n"
            + ": >ready\n"
            + "while IFS= read -r order <&3; do\n"
            + "  case $order in\n"
            + "    print*) printf %s \"${order#print }\" ;;\n"
            + "    exit*) exit \"${order#exit }\" ;;\n"
            + "    line) IFS= read -r line; printf %s \"$line\" >line.part; mv line.part line ;;\n"
            + "    size) stty size >size.part; mv size.part size ;;\n"
            + "  esac\n"
            + "done\n";

    @TempDir
    Path folder;

    @Override
    protected Stage emptyStage() {
        return new ShellStage(folder);
    }

    private record ShellStage(Path folder) implements Stage {
        @Override
        public Consoles consoles() {
            return new PtyConsoles(RunIsolation::ofThisMachine);
        }

        @Override
        public ConsoleProgram program(ConsoleSize size) {
            return program("/bin/sh", size);
        }

        @Override
        public ConsoleProgram missing() {
            return program("/bin/no-such-shell", ConsoleSize.USUAL);
        }

        private ConsoleProgram program(String shell, ConsoleSize size) {
            return new ConsoleProgram(
                    List.of(shell, "-c", PROGRAM),
                    Map.of("PATH", System.getenv("PATH")),
                    folder.toString(),
                    "contract-" + folder,
                    size);
        }

        @Override
        public void prints(String text) {
            order("print " + text);
        }

        @Override
        public void exits(int code) {
            order("exit " + code);
        }

        @Override
        public String line() {
            order("line");
            return answer("line");
        }

        @Override
        public ConsoleSize size() {
            order("size");
            String[] rowsAndColumns = answer("size").strip().split(" ");
            return new ConsoleSize(Integer.parseInt(rowsAndColumns[1]), Integer.parseInt(rowsAndColumns[0]));
        }

        private void order(String order) {
            eventuallyThere(folder.resolve("ready"));
            try {
                Files.writeString(folder.resolve("orders"), order + "\n", StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String answer(String name) {
            Path file = folder.resolve(name);
            eventuallyThere(file);
            try {
                String answer = Files.readString(file);
                Files.delete(file);
                return answer;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void eventuallyThere(Path file) {
            Awaitility.await()
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> Files.exists(file));
        }
    }
}
