package skillrunner.process.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Linux: everything is in {@code /proc}. A process that goes away while it is read counts as gone. */
final class ProcFilesystem implements ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int START = 19;

    private final String bootId;

    ProcFilesystem() {
        try {
            this.bootId =
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
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
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                find(Long.parseLong(folder.getFileName().toString())).ifPresent(entries::add);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the process table can't be read", e);
        }
        return entries;
    }

    @Override
    public Optional<Entry> find(long pid) {
        String stat;
        try {
            stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return Optional.empty();
        }
        // The program's name stands in parentheses and may hold anything, so the fields are counted from behind it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length <= START || fields[STATE].equals("Z") || fields[STATE].equals("X")) {
            return Optional.empty();
        }
        return Optional.of(
                new Entry(new ProcessIdentity(pid, bootId + ":" + fields[START]), Long.parseLong(fields[PARENT])));
    }

    @Override
    public boolean carries(long pid, String marker) {
        try {
            String environment = Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
            return ("\0" + environment).contains("\0" + marker + "\0");
        } catch (IOException e) {
            return false;
        }
    }
}
