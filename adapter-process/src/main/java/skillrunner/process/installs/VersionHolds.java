package skillrunner.process.installs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.files.FileTrees;
import skillrunner.process.table.ProcessTable;

/**
 * Which versions somebody has chosen to run. A hold is a file, so it outlives the server like the run it is for; what a
 * killed server left counts as long as the program runs. Safe for concurrent use, also by several processes of one machine.
 */
public final class VersionHolds {
    private static final Pattern HOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    private static final Logger LOG = LoggerFactory.getLogger(VersionHolds.class);

    private final InstallLayout layout;
    private final ProcessTable table = ProcessTable.ofThisMachine();

    public VersionHolds(InstallLayout layout) {
        this.layout = Objects.requireNonNull(layout);
    }

    /**
     * Chooses a program and holds it. From the choice on no installation removes or replaces it.
     *
     * @param holder names who holds it; an earlier hold of the same name ends
     * @param choice chooses, at a moment at which no version can be set aside
     * @return what was chosen
     * @throws UncheckedIOException if the hold can't be written although versions could be changed
     */
    public Optional<Path> hold(String holder, Supplier<Optional<Path>> choice) {
        Path file = file(holder);
        if (choice.get().isEmpty()) {
            return Optional.empty();
        }
        try (VersionGate gate = VersionGate.enter(layout)) {
            Optional<Path> chosen = choice.get();
            if (chosen.isPresent()) {
                if (!Files.isDirectory(layout.holds())) {
                    FileTrees.remove(layout.holds());
                }
                new VersionHold(chosen.get(), chosen.get().toRealPath(), table.self()).write(file);
            }
            return chosen;
        } catch (IOException e) {
            if (canBeChanged()) {
                throw new UncheckedIOException(e);
            }
            // Where nobody of ours may write, nobody of ours sets versions aside.
            return choice.get();
        }
    }

    /**
     * Ends a hold. One that can't be ended counts until this server is gone.
     *
     * @param holder who held; one that holds nothing does not matter
     */
    public void release(String holder) {
        try {
            Files.deleteIfExists(file(holder));
        } catch (IOException e) {
            LOG.warn("a version stays held: {}", e.toString());
        }
    }

    /**
     * Lists what is held and removes the holds that no longer count. To be called inside the gate.
     *
     * @param commandLines what runs on this machine
     */
    List<VersionHold> counting(List<String> commandLines) throws IOException {
        List<VersionHold> counting = new ArrayList<>();
        if (!Files.isDirectory(layout.holds())) {
            // Not only if there is none: an agent may have put a pipe there, and to list that is to wait for its
            // writer.
            return counting;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(layout.holds())) {
            for (Path file : files) {
                Optional<VersionHold> hold = VersionHold.read(file).filter(found -> found.counts(table, commandLines));
                if (hold.isPresent()) {
                    counting.add(hold.get());
                } else {
                    FileTrees.remove(file);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        return counting;
    }

    private boolean canBeChanged() {
        Path place = layout.versions();
        while (place != null && !Files.exists(place)) {
            place = place.getParent();
        }
        return place != null && Files.isWritable(place);
    }

    private Path file(String holder) {
        if (!HOLDER.matcher(holder).matches()) {
            throw new IllegalArgumentException("not the name of a holder");
        }
        return layout.holds().resolve(holder);
    }
}
