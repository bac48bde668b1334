package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.RunId;
import skillrunner.files.DurableFiles;
import skillrunner.files.SmallFiles;

/**
 * Where the output of attempts ends whose process goes on, in the files of that process. The next attempt begins there. Each is
 * written once.
 */
final class TurnEnds {
    private static final Pattern END = Pattern.compile("\\{\"stdout\":(\\d{1,18}),\"stderr\":(\\d{1,18})}\\s*");
    private static final int LONGEST = 256;

    private final RunLayout layout;

    TurnEnds(RunLayout layout) {
        this.layout = Objects.requireNonNull(layout);
    }

    /** Finds the end of an attempt; empty for one that ends with its process. */
    Optional<OutputPosition> find(RunId run, int attempt) {
        Path file = layout.turnEnd(run, attempt);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            Matcher found = END.matcher(SmallFiles.readText(file, LONGEST));
            return found.matches()
                    ? Optional.of(new OutputPosition(Long.parseLong(found.group(1)), Long.parseLong(found.group(2))))
                    : Optional.empty();
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    /** Where an attempt begins in the files of its process. */
    OutputPosition beginning(RunId run, int attempt) {
        return find(run, attempt - 1).orElse(OutputPosition.START);
    }

    /** Ends an attempt, unless it has an end. */
    void write(RunId run, int attempt, OutputPosition end) {
        OutputPosition from = beginning(run, attempt);
        String text = "{\"stdout\":" + (from.stdout() + end.stdout()) + ",\"stderr\":" + (from.stderr() + end.stderr())
                + "}\n";
        DurableFiles.create(layout.turnEnd(run, attempt), text.getBytes(StandardCharsets.UTF_8));
    }
}
