package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command of the launcher, in a process of its own, with its output in files. */
final class Command {
    private static final int PATIENCE_SECONDS = 180;

    private Command() {}

    record Ended(int code, String out, String err) {
        String all() {
            return code + "\n" + out + "\n" + err;
        }
    }

    /** A command that goes on until it is told to end. */
    record Running(Process process, Path outFile) implements AutoCloseable {
        String out() throws IOException {
            return Files.readString(outFile);
        }

        /** Asks it to end. @return its exit code */
        int terminate() throws InterruptedException {
            process.destroy();
            return awaitEnd(process);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    static Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return run(Repository.launcher(), environment, arguments);
    }

    /** Runs a script of the product in place of the launcher. */
    static Ended run(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("command", ".out");
        Path err = Files.createTempFile("command", ".err");
        try {
            int code = awaitEnd(process(script, environment, out, err, arguments));
            return new Ended(code, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    static Running start(Map<String, String> environment, String... arguments) throws IOException {
        Path out = Files.createTempFile("command", ".out");
        out.toFile().deleteOnExit();
        return new Running(process(Repository.launcher(), environment, out, Path.of("/dev/null"), arguments), out);
    }

    private static Process process(
            Path script, Map<String, String> environment, Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int awaitEnd(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the command did not end");
        }
        return process.exitValue();
    }
}
