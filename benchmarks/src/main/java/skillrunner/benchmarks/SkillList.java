package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The list of many installed skills, asked for again and again while nothing changes. */
final class SkillList implements Measurement {
    private static final int SKILLS = 1_000;
    private static final int WARM_UP = 200;
    private static final int ROUNDS = 300;
    private static final double TARGET_MILLIS = 20;

    /** What has just changed is read again at every call; by then it counts as settled. */
    private static final long SETTLE_MILLIS = 2_500;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("skills");
        Path first = data.resolve("skills/benchmark");
        for (int i = 1; i < SKILLS; i++) {
            copy(first, "benchmark-" + i);
        }
        Thread.sleep(SETTLE_MILLIS);
        try (RunningServer server = RunningServer.start(installation, data)) {
            Samples summaries = times(server, "/v1/management/skills");
            Samples manifests = times(server, "/v1/skills");
            Samples nothing = times(server, "/healthz");
            rename(first, "benchmark", "' '");
            if (!Http.get(server.port(), "/v1/management/skills").contains("must define frontmatter name")) {
                throw new IllegalStateException("a change did not show at the next call");
            }
            return List.of(
                    Figure.judged(
                            "list of " + SKILLS + " skills, nothing changed",
                            shown(summaries),
                            "median under 20 ms",
                            summaries.median() < TARGET_MILLIS),
                    Figure.information("the same as manifests", shown(manifests)),
                    Figure.information("a request that does nothing", shown(nothing)));
        } finally {
            Folders.delete(data);
        }
    }

    private static void copy(Path skill, String id) throws IOException {
        Path copy = skill.resolveSibling(id);
        Folders.copy(skill, copy);
        rename(copy, "benchmark", id);
        Path manifest = copy.resolve("assets/runner.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"benchmark\"", "\"" + id + "\""));
    }

    private static void rename(Path skill, String from, String to) throws IOException {
        Path text = skill.resolve("SKILL.md");
        Files.writeString(text, Files.readString(text).replace("name: " + from, "name: " + to));
    }

    private static Samples times(RunningServer server, String path) throws IOException {
        Samples millis = new Samples();
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            Http.get(server.port(), path);
            if (i >= 0) {
                millis.add((System.nanoTime() - begin) / 1e6);
            }
        }
        return millis;
    }

    private static String shown(Samples millis) {
        return String.format(
                Locale.ROOT,
                "%.1f ms (median of %d, 9 of 10 under %.1f ms)",
                millis.median(),
                millis.count(),
                millis.at(0.9));
    }
}
