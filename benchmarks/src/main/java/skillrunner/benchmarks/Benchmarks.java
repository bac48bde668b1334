package skillrunner.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Takes the figures and prints them as a table. */
public final class Benchmarks {
    private static final Map<String, Supplier<Measurement>> ALL = all();

    private Benchmarks() {}

    /**
     * Runs the named measurements, or all of them, and ends with 0 even if a target is missed.
     *
     * @param arguments the built distribution's folder, then names of measurements
     * @throws IOException if a file or the network failed
     * @throws InterruptedException never, in practice
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>(List.of(arguments)).subList(1, arguments.length);
        if (!ALL.keySet().containsAll(names)) {
            System.err.println("measurements are " + String.join(", ", ALL.keySet()));
            System.exit(2);
        }
        Path root = Files.createTempDirectory("skill-runner-benchmarks");
        List<Figure> figures = new ArrayList<>();
        try {
            Installation installation = Installation.copy(Path.of(arguments[0]), root);
            for (Map.Entry<String, Supplier<Measurement>> named : ALL.entrySet()) {
                if (names.isEmpty() || names.contains(named.getKey())) {
                    System.err.println("measuring: " + named.getKey());
                    List<Figure> taken = named.getValue().get().take(installation);
                    // Should a later one fail, these are not lost.
                    taken.forEach(figure -> System.err.println(figure.row()));
                    figures.addAll(taken);
                }
            }
        } finally {
            Folders.delete(root);
        }
        print(figures, System.out);
    }

    private static void print(List<Figure> figures, PrintStream out) {
        out.printf(
                "%s, %d processors, %s %s, JDK %s%n%n",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"));
        out.println("| what | measured | target | |");
        out.println("|---|---|---|---|");
        figures.forEach(figure -> out.println(figure.row()));
    }

    /** In the order in which they are taken; the first one makes the class-data archive that the others use. */
    private static Map<String, Supplier<Measurement>> all() {
        Map<String, Supplier<Measurement>> all = new LinkedHashMap<>();
        all.put("start", StartTime::new);
        all.put("commands", CommandTime::new);
        all.put("memory", IdleMemory::new);
        all.put("status", StatusThroughput::new);
        all.put("engines", EngineLists::new);
        all.put("disk", OutputToDisk::new);
        all.put("delay", StreamDelay::new);
        all.put("firstbyte", FirstByte::new);
        all.put("output", ManyOutputs::new);
        all.put("forks", LeftChildren::new);
        all.put("lists", RunListSpeed::new);
        all.put("viewers", ManyViewers::new);
        all.put("idle", IdleViewers::new);
        all.put("history", HistorySpeed::new);
        all.put("catchup", CatchUp::new);
        all.put("page", RunPage::new);
        all.put("docs", DocsPage::new);
        all.put("skills", SkillList::new);
        all.put("install", PackageInstall::new);
        all.put("bombs", PackageBombs::new);
        all.put("bundle", BundleSpeed::new);
        all.put("terminals", EngineTerminals::new);
        all.put("parser", ParserSpeed::new);
        all.put("fuzz", ApiFuzz::new);
        return all;
    }
}
