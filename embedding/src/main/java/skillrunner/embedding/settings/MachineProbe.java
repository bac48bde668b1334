package skillrunner.embedding.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.domain.run.SlotPolicy;

/** Measures this machine; what it does not tell is left out. */
public final class MachineProbe {
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\d+)");
    private static final Pattern PROCESSES = Pattern.compile("Max processes\\s+(\\d+)");
    private static final long KIB_PER_MIB = 1024;

    private MachineProbe() {}

    /**
     * Measures.
     *
     * @return what it tells
     */
    public static SlotPolicy.Machine measure() {
        OptionalLong kib = first("/proc/meminfo", AVAILABLE);
        return new SlotPolicy.Machine(
                Runtime.getRuntime().availableProcessors(),
                kib.isPresent() ? OptionalLong.of(kib.getAsLong() / KIB_PER_MIB) : kib,
                first("/proc/self/limits", OPEN_FILES),
                first("/proc/self/limits", PROCESSES));
    }

    private static OptionalLong first(String file, Pattern pattern) {
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            return lines.stream()
                    .map(pattern::matcher)
                    .filter(Matcher::find)
                    .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
