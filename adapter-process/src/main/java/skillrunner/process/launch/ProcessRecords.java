package skillrunner.process.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.files.DiskFaults;
import skillrunner.process.table.ProcessIdentity;

/**
 * The small files the shim writes; it renames them into place, so each is whole or absent. Others may have written them:
 * what they say is a hint that has to be checked.
 */
final class ProcessRecords {
    private static final Pattern PROCESS = Pattern.compile("\\{\"pid\":(\\d{1,18}),\"start\":\"([^\"]*)\"}\\s*");
    private static final Pattern EXIT = Pattern.compile("\\{\"exit_code\":(\\d{1,9})}\\s*");

    private static final Pattern LEFT = Pattern.compile("(\\d{1,9}) (\\d{1,18}) ([^\\n]*)\\n");

    private static final int LONGEST = 1_024;

    private ProcessRecords() {}

    static Optional<ProcessIdentity> process(AttemptFiles files) {
        return match(files.processRecord(), PROCESS)
                .map(found -> new ProcessIdentity(
                        Long.parseLong(found.group(1)), found.group(2).strip()));
    }

    static Optional<Integer> exitCode(AttemptFiles files) {
        return match(files.exitRecord(), EXIT)
                .filter(found -> isFolder(files))
                .map(found -> Integer.parseInt(found.group(1)));
    }

    /** Whom the CLI of an attempt left in its namespace, as its first process saw it; empty if it saw nothing. */
    static Optional<ProcessesEnded> leftInNamespace(AttemptFiles files) {
        return match(files.exitRecord() + ".left", LEFT).map(found -> {
            int count = Integer.parseInt(found.group(1));
            String name = new String(found.group(3).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            return count == 0
                    ? ProcessesEnded.NONE
                    : new ProcessesEnded(
                            count,
                            0,
                            true,
                            Optional.of(new ProcessesEnded.Last(
                                    Long.parseLong(found.group(2)), name, ProcessEnd.WITH_NAMESPACE)));
        });
    }

    /** The shim has begun but may not have said yet who it is. */
    static boolean claimed(AttemptFiles files) {
        return Stream.of(files.processRecord() + ".claim", files.processRecord())
                .anyMatch(file -> Files.exists(Path.of(file), LinkOption.NOFOLLOW_LINKS));
    }

    /** Whether the folder is still the one in which the attempt was opened, as far as that can be told from what lies in it. */
    static boolean arePresent(AttemptFiles files) {
        return isFolder(files) && (claimed(files) || Files.exists(Path.of(files.stdout()), LinkOption.NOFOLLOW_LINKS));
    }

    /** A link may lead to records that somebody else keeps. */
    private static boolean isFolder(AttemptFiles files) {
        return Files.isDirectory(
                Objects.requireNonNull(Path.of(files.exitRecord()).getParent()), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * What is no record, such as a folder, a pipe, a link or a gigabyte, counts as none, and so does one whose folder became
     * something else, so it can be looked at as often as one likes. Only a look that could not be taken is a fault.
     */
    private static Optional<Matcher> match(String name, Pattern form) {
        Path file = Path.of(name);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile() || attributes.size() > LONGEST) {
                return Optional.empty();
            }
            try (InputStream record = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                String text = new String(record.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
                return Optional.of(form.matcher(text)).filter(Matcher::matches);
            }
        } catch (NoSuchFileException | AccessDeniedException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (DiskFaults.isBelowNoFolder(file)) {
                return Optional.empty();
            }
            throw new UnavailableException("a process record can't be read", e);
        }
    }
}
