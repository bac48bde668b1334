package skillrunner.process.installs;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is running on this machine. */
final class RunningPrograms {
    private RunningPrograms() {}

    /** Returns program and arguments of every process, as far as this user may see them. */
    static List<String> commandLines() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::info)
                .map(info -> Stream.concat(
                                info.command().stream(),
                                Stream.concat(
                                        info.commandLine().stream(),
                                        info.arguments().stream().flatMap(Stream::of)))
                        .collect(Collectors.joining(" ")))
                .toList();
    }
}
