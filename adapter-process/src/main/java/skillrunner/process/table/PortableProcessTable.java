package skillrunner.process.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Other systems: what the JDK and {@code ps} tell. */
final class PortableProcessTable implements ProcessTable {
    private static final Pattern NUMBERED = Pattern.compile("\\s*(\\d+)\\s(.*)");

    @Override
    public List<Entry> all() {
        return ProcessHandle.allProcesses()
                .map(handle -> find(handle.pid()))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<Entry> find(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(handle -> new Entry(
                        new ProcessIdentity(pid, ps("-o", "lstart=", "-p", Long.toString(pid))),
                        handle.parent().map(ProcessHandle::pid).orElse(0L),
                        0));
    }

    @Override
    public Optional<List<Long>> children(long pid) {
        return Optional.of(ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList());
    }

    @Override
    public long privateBytes(long pid) {
        return 0;
    }

    @Override
    public Optional<Duration> cpuTime(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration());
    }

    @Override
    public boolean carries(long pid, String variable) {
        return holds(ps("eww", "-o", "command=", "-p", Long.toString(pid)), variable);
    }

    @Override
    public Set<Long> carriers(String variable, List<Entry> among) {
        Set<Long> carriers = new HashSet<>();
        ps("eww", "-A", "-o", "pid=,command=").lines().forEach(line -> {
            Matcher numbered = NUMBERED.matcher(line);
            if (numbered.matches() && holds(numbered.group(2), variable)) {
                carriers.add(Long.parseLong(numbered.group(1)));
            }
        });
        carriers.retainAll(among.stream().map(entry -> entry.identity().pid()).collect(Collectors.toSet()));
        return carriers;
    }

    @Override
    public List<String> arguments(long pid) {
        return List.of();
    }

    @Override
    public String name(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().command())
                .map(command -> command.substring(command.lastIndexOf('/') + 1))
                .orElse("");
    }

    @Override
    public boolean beganBefore(ProcessIdentity one, ProcessIdentity other) {
        return false;
    }

    @Override
    public boolean numbers(ProcessIdentity identity) {
        return true;
    }

    /** With {@code e} the environment stands behind the arguments. */
    private static boolean holds(String command, String variable) {
        return List.of(command.split("\\s+")).contains(variable);
    }

    private static String ps(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ps"));
        command.addAll(List.of(arguments));
        try {
            Process ps = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
