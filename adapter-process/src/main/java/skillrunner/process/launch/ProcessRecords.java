package skillrunner.process.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.application.run.AttemptFiles;

/** The small files the shim writes; it renames them into place, so each is whole or absent. */
final class ProcessRecords {
    private static final Pattern PROCESS = Pattern.compile("\\{\"pid\":(\\d+),\"start\":\"([^\"]*)\"}\\s*");
    private static final Pattern EXIT = Pattern.compile("\\{\"exit_code\":(\\d+)}\\s*");

    private ProcessRecords() {}

    static Optional<ProcessIdentity> process(AttemptFiles files) {
        return match(files.processRecord(), PROCESS)
                .map(found -> new ProcessIdentity(
                        Long.parseLong(found.group(1)), found.group(2).strip()));
    }

    static Optional<Integer> exitCode(AttemptFiles files) {
        return match(files.exitRecord(), EXIT).map(found -> Integer.parseInt(found.group(1)));
    }

    /** The shim has begun but may not have said yet who it is. */
    static boolean claimed(AttemptFiles files) {
        return Files.exists(Path.of(files.processRecord() + ".claim"));
    }

    private static Optional<Matcher> match(String file, Pattern form) {
        try {
            return Optional.of(form.matcher(Files.readString(Path.of(file)))).filter(Matcher::matches);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("a process record can't be read", e);
        }
    }
}
