package skillrunner.app;

import java.io.PrintStream;
import picocli.CommandLine.Command;

/** {@code version}: says which version this is. */
@Command(name = "version", description = "Print the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Runnable {
    private final PrintStream out;

    VersionCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public void run() {
        for (String line : new Version().getVersion()) {
            out.println(line);
        }
    }
}
