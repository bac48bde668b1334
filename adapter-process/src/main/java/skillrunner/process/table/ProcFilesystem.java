package skillrunner.process.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import skillrunner.application.storage.UnavailableException;

/** Linux: everything is in {@code /proc}. A process that goes away while it is read counts as gone. */
public final class ProcFilesystem implements ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final Pattern TICKS = Pattern.compile("\\d{1,18}");
    private static final Pattern PRIVATE = Pattern.compile("RssAnon:\\s+(\\d{1,15}) kB");
    private static final long KIBIBYTE = 1024;
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    /** Its own time in user mode and in the kernel, and that of its children. */
    private static final int CPU_FIRST = 11;

    private static final int CPU_LAST = 14;

    /** The kernel tells times in hundredths of a second, whatever it counts in. */
    private static final long MILLIS_PER_TICK = 10;

    private static final int START = 19;

    /** In a container its first process; outside the machine's. Whoever began earlier got its number from somebody else. */
    private static final long FIRST = 1;

    private final Path proc;
    private final String bootId;

    ProcFilesystem() {
        this(PROC);
    }

    /**
     * Reads a file system.
     *
     * @param proc where it is mounted
     */
    public ProcFilesystem(Path proc) {
        this.proc = Objects.requireNonNull(proc);
        try {
            this.bootId =
                    Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            throw new IllegalStateException("the boot id can't be read", e);
        }
    }

    static boolean isPresent() {
        return Files.isReadable(PROC.resolve("self/stat"))
                && Files.isReadable(PROC.resolve("sys/kernel/random/boot_id"));
    }

    @Override
    public List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path folder : folders) {
                find(Long.parseLong(folder.getFileName().toString())).ifPresent(entries::add);
            }
        } catch (IOException e) {
            throw new UnavailableException("the process table can't be read", e);
        }
        return entries;
    }

    @Override
    public Optional<Entry> find(long pid) {
        return read(pid, "stat").flatMap(stat -> entry(pid, stat));
    }

    /** The program's name stands in parentheses and may hold anything, so the fields are counted from behind it. */
    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    }

    private Optional<Entry> entry(long pid, String stat) {
        String[] fields = fields(stat);
        if (fields.length <= START || fields[STATE].equals("Z") || fields[STATE].equals("X")) {
            return Optional.empty();
        }
        return Optional.of(new Entry(
                new ProcessIdentity(pid, bootId + ":" + fields[START]),
                Long.parseLong(fields[PARENT]),
                Long.parseLong(fields[SESSION])));
    }

    /** Each thread of a process has the children that it started. */
    @Override
    public Optional<List<Long>> children(long pid) {
        List<Long> children = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(proc.resolve(pid + "/task"))) {
            for (Path thread : threads) {
                Optional<String> listed = read(pid, "task/" + thread.getFileName() + "/children");
                if (listed.isEmpty()) {
                    if (!tellsChildren()) {
                        return Optional.empty();
                    }
                    continue;
                }
                for (String child : listed.get().split(" ")) {
                    if (!child.isBlank()) {
                        children.add(Long.parseLong(child.strip()));
                    }
                }
            }
        } catch (NoSuchFileException | DirectoryIteratorException e) {
            // It ended meanwhile.
        } catch (IOException e) {
            throw new UnavailableException("the process table can't be read", e);
        }
        return Optional.of(children);
    }

    /** Kernels can be built without the list. */
    private boolean tellsChildren() {
        return Files.exists(proc.resolve("thread-self/children"));
    }

    @Override
    public long privateBytes(long pid) {
        return read(pid, "status")
                .map(status -> status.lines()
                        .map(PRIVATE::matcher)
                        .filter(Matcher::matches)
                        .mapToLong(matcher -> Long.parseLong(matcher.group(1)) * KIBIBYTE)
                        .sum())
                .orElse(0L);
    }

    @Override
    public Optional<Duration> cpuTime(long pid) {
        return Optional.of(read(pid, "stat").map(ProcFilesystem::cpuTime).orElse(Duration.ZERO));
    }

    private static Duration cpuTime(String stat) {
        String[] fields = fields(stat);
        long ticks = 0;
        for (int field = CPU_FIRST; field <= CPU_LAST && field < fields.length; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }

    @Override
    public boolean carries(long pid, String variable) {
        return read(pid, "environ")
                .map(environment -> ("\0" + environment).contains("\0" + variable + "\0"))
                .orElse(false);
    }

    @Override
    public Set<Long> carriers(String variable, List<Entry> among) {
        return among.stream()
                .map(entry -> entry.identity().pid())
                .filter(pid -> carries(pid, variable))
                .collect(Collectors.toSet());
    }

    @Override
    public List<String> arguments(long pid) {
        return read(pid, "cmdline").map(line -> List.of(line.split("\0"))).orElse(List.of());
    }

    @Override
    public String name(long pid) {
        String name = read(pid, "comm").orElse("");
        String line = name.endsWith("\n") ? name.substring(0, name.length() - 1) : name;
        return new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Override
    public boolean beganBefore(ProcessIdentity one, ProcessIdentity other) {
        OptionalLong first = ticks(one);
        OptionalLong second = ticks(other);
        return first.isPresent() && second.isPresent() && first.getAsLong() < second.getAsLong();
    }

    @Override
    public boolean numbers(ProcessIdentity identity) {
        Optional<ProcessIdentity> first = find(FIRST).map(Entry::identity);
        return ticks(identity).isPresent()
                && first.filter(it -> beganBefore(identity, it)).isEmpty();
    }

    /** Only of this boot; and from a database, which may hold anything. */
    private OptionalLong ticks(ProcessIdentity identity) {
        String prefix = bootId + ":";
        String start = identity.start();
        return start.startsWith(prefix)
                        && TICKS.matcher(start.substring(prefix.length())).matches()
                ? OptionalLong.of(Long.parseLong(start.substring(prefix.length())))
                : OptionalLong.empty();
    }

    /**
     * Empty if the process is gone, or has or shows nothing of the kind. A look that could not be taken, since descriptors
     * are used up, tells neither and is a fault.
     */
    private Optional<String> read(long pid, String name) {
        try (InputStream file = Files.newInputStream(proc.resolve(pid + "/" + name))) {
            return content(file);
        } catch (NoSuchFileException | AccessDeniedException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (canLook()) {
                return Optional.empty();
            }
            throw new UnavailableException("processes can't be looked at", e);
        }
    }

    private static Optional<String> content(InputStream file) {
        try {
            return Optional.of(new String(file.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Threads of the kernel have no environment, which is an error of the same form as a lack of descriptors. */
    private boolean canLook() {
        try (InputStream own = Files.newInputStream(proc.resolve("self/stat"))) {
            return own.read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
