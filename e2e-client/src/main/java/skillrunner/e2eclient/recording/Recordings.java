package skillrunner.e2eclient.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The recordings of a folder, one file each, private to this user. A step is added by replacing the file in one go while nobody else
 * adds one, in this process or another. Safe for concurrent use.
 */
public final class Recordings implements AutoCloseable {
    /** What stands in place of a text or value that would make a recording too large. */
    static final String OMITTED = "too large to be recorded";

    private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MOST_STEPS = 500;
    private static final int MOST_VALUE_CHARACTERS = 256 * 1024;
    private static final int MOST_BYTES = 4 << 20;
    private static final String FILES = "*.json";

    private final Path folder;
    private final Clock clock;
    private final FolderLock changing;

    /**
     * What lies in the folder.
     *
     * @param shown the recordings asked for, newest first
     * @param page which page that is, from 1 on; the last one if a later one was asked for
     * @param total how many files there are
     * @param unreadable how many of those looked at are no recordings
     */
    public record Listing(List<Recording> shown, int page, int total, int unreadable) {
        /** Copies the list. */
        public Listing {
            shown = List.copyOf(shown);
        }
    }

    private Recordings(Path folder, Clock clock, FolderLock changing) {
        this.folder = folder;
        this.clock = clock;
        this.changing = changing;
    }

    /**
     * Opens a folder, and creates it if need be.
     *
     * @param folder where the files are
     * @param clock when steps happen
     * @return the recordings
     * @throws IOException if it can't be written to
     */
    public static Recordings in(Path folder, Clock clock) throws IOException {
        PrivateFiles.createFolder(folder);
        FolderLock changing = FolderLock.of(folder);
        try {
            changing.during(() -> PrivateFiles.removeUnfinished(folder));
        } catch (IOException e) {
            changing.close();
            throw e;
        }
        return new Recordings(folder, clock, changing);
    }

    /**
     * Adds a step. A recording that can't be written is logged and hinders nobody.
     *
     * @param requestId the run's request
     * @param action what was done
     * @param ok whether the server did it
     * @param request what was sent
     * @param response what was answered
     */
    public void add(String requestId, Action action, boolean ok, JsonNode request, JsonNode response) {
        Optional<String> name = RecordingName.of(requestId);
        if (name.isEmpty()) {
            LOG.warn("{} of a request whose id is no name of a file is not recorded", action.word());
            return;
        }
        try {
            // Somebody may have cleared everything away.
            PrivateFiles.createFolder(folder);
            changing.during(
                    () -> add(folder.resolve(name.get()), requestId, action, ok, bounded(request), bounded(response)));
        } catch (IOException e) {
            LOG.warn("{} of {} could not be recorded: {}", action.word(), name.get(), e.toString());
        }
    }

    private void add(Path file, String requestId, Action action, boolean ok, JsonNode request, JsonNode response)
            throws IOException {
        String now = MOMENT.format(clock.instant());
        Optional<Recording> present = opened(file);
        RecordedStep step = new RecordedStep(now, action.word(), ok, request, response);
        if (present.flatMap(Recording::last).filter(last -> isSame(last, step)).isPresent()) {
            return;
        }
        if (present.map(it -> it.steps().size()).orElse(0) >= MOST_STEPS) {
            LOG.warn("the recording {} is full", file.getFileName());
            return;
        }
        ObjectNode document =
                present.map(it -> (ObjectNode) it.document()).orElseGet(() -> RecordingFormat.empty(requestId, now));
        byte[] bytes = Json.pretty(RecordingFormat.with(document, step)).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES) {
            LOG.warn("the recording {} is full", file.getFileName());
            return;
        }
        if (present.isEmpty()) {
            PrivateFiles.moveAside(file);
        }
        PrivateFiles.replace(file, bytes);
    }

    /** Looking at a result again and again is one step, as long as there is nothing new in it. */
    private static boolean isSame(RecordedStep last, RecordedStep next) {
        return next.action().equals(Action.RESULT_READ.word())
                && last.action().equals(next.action())
                && last.ok() == next.ok()
                && Json.text(last.request()).equals(Json.text(next.request()))
                && Json.text(last.response()).equals(Json.text(next.response()));
    }

    private static JsonNode bounded(JsonNode value) {
        return Json.text(value).length() <= MOST_VALUE_CHARACTERS
                ? value
                : Json.object().put("omitted", OMITTED);
    }

    /**
     * Finds a recording.
     *
     * @param requestId a request's id, or what somebody takes for one
     * @return the recording, or empty if there is none that can be read
     */
    public Optional<Recording> find(String requestId) {
        return RecordingName.of(requestId).flatMap(name -> read(folder.resolve(name)));
    }

    /**
     * Lists recordings, those that changed last first.
     *
     * @param asked which page, from 1 on
     * @param rows how many are on a page
     * @return what was found
     */
    public Listing list(int asked, int rows) {
        List<Path> files = newestFirst();
        int page = Math.max(1, Math.min(asked, (files.size() + rows - 1) / rows));
        List<Recording> shown = new ArrayList<>();
        int unreadable = 0;
        for (Path file :
                files.stream().skip((long) (page - 1) * rows).limit(rows).toList()) {
            Optional<Recording> found = read(file);
            found.ifPresent(shown::add);
            unreadable += found.isPresent() ? 0 : 1;
        }
        return new Listing(shown, page, files.size(), unreadable);
    }

    private record Dated(Path file, long changed) {}

    private List<Path> newestFirst() {
        List<Dated> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FILES)) {
            for (Path file : files) {
                found.add(new Dated(file, changed(file)));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(Comparator.comparingLong(Dated::changed)
                .reversed()
                .thenComparing(dated -> dated.file().getFileName().toString()));
        return found.stream().map(Dated::file).toList();
    }

    private static long changed(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .lastModifiedTime()
                    .toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    /** A recording lies under its own name only, so that its address leads to it. */
    private static Optional<Recording> opened(Path file) throws IOException {
        String name = file.getFileName().toString();
        return PrivateFiles.read(file, MOST_BYTES)
                .flatMap(RecordingFormat::read)
                .filter(found ->
                        RecordingName.of(found.requestId()).filter(name::equals).isPresent());
    }

    private static Optional<Recording> read(Path file) {
        try {
            return opened(file);
        } catch (IOException e) {
            LOG.warn("the recording {} can't be read: {}", file.getFileName(), e.toString());
            return Optional.empty();
        }
    }

    /** Lets go of the folder. */
    @Override
    public void close() throws IOException {
        changing.close();
    }
}
