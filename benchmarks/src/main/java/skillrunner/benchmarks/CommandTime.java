package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From the start of the launcher to the end of commands that people type often, with the class-data archive. */
final class CommandTime implements Measurement {
    private static final int ROUNDS = 9;
    private static final double TARGET_MILLIS = 400;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("commands");
        if (!installation.hasArchive()) {
            installation.awaitArchive(data);
        }
        Samples version = new Samples();
        Samples list = new Samples();
        try (RunningServer server = RunningServer.start(installation, data)) {
            server.await(server.run("answer"), "succeeded", 60);
            String address = "http://127.0.0.1:" + server.port();
            // In turns. The first round is for the files to be in memory.
            for (int round = 0; round <= ROUNDS; round++) {
                double told = millis(installation, "version");
                double listed = millis(installation, "runs", "list", "--server", address);
                if (round > 0) {
                    version.add(told);
                    list.add(listed);
                }
            }
        }
        Folders.delete(data);
        return List.of(judged("`skill-runner version`", version), judged("`skill-runner runs list`", list));
    }

    private static double millis(Installation installation, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(installation.distribution().resolve("bin/skill-runner").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        long begin = System.nanoTime();
        int code = builder.inheritIO()
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        double millis = (System.nanoTime() - begin) / 1e6;
        if (code != 0) {
            throw new IllegalStateException(command + " ended with " + code);
        }
        return millis;
    }

    private static Figure judged(String what, Samples millis) {
        return Figure.judged(
                what,
                String.format(
                        Locale.ROOT,
                        "%.0f ms (median of %d, worst %.0f ms)",
                        millis.median(),
                        millis.count(),
                        millis.at(1)),
                "under 400 ms",
                millis.median() < TARGET_MILLIS);
    }
}
