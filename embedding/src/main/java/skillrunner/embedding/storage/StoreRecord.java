package skillrunner.embedding.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import skillrunner.application.json.JsonText;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.domain.store.StoreMark;
import skillrunner.files.DurableFiles;
import skillrunner.files.SmallFiles;

/**
 * What is written down beside the databases, so that their loss is noticed. It is written after them and may lag.
 *
 * @param marks file name of a database to what it said of itself
 * @param open whether a runner used them then, so that their logs have to be there unless it stopped properly
 */
record StoreRecord(Map<String, StoreMark> marks, boolean open) {
    static final String FILE = "store.json";

    private static final int MOST_BYTES = 1 << 20;

    /** Copies the map. */
    StoreRecord {
        marks = Map.copyOf(marks);
    }

    Optional<StoreMark> mark(String database) {
        return Optional.ofNullable(marks.get(database));
    }

    /**
     * Reads the record.
     *
     * @return it; an empty one if none was written
     * @throws StoreUnusableException if it can't be read
     */
    static StoreRecord read(Path data, JsonText json) {
        Path file = data.resolve(FILE);
        try {
            return json.parseObject(SmallFiles.readText(file, MOST_BYTES))
                    .flatMap(StoreRecord::parse)
                    .orElseThrow(() -> unreadable(file, "it is damaged"));
        } catch (NoSuchFileException e) {
            return new StoreRecord(Map.of(), false);
        } catch (AccessDeniedException e) {
            throw unreadable(file, "this user may not read it");
        } catch (FileSystemException e) {
            throw unreadable(file, Objects.requireNonNullElse(e.getReason(), "the disk did not give it"));
        } catch (IOException e) {
            throw unreadable(file, "the disk did not give it");
        }
    }

    void write(Path data, JsonText json) {
        Map<String, Object> databases = new LinkedHashMap<>();
        new TreeMap<>(marks).forEach((name, mark) -> {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("id", mark.id());
            members.put("starts", mark.starts());
            members.put("sequence", mark.sequence());
            databases.put(name, members);
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("databases", databases);
        document.put("open", open);
        DurableFiles.write(data.resolve(FILE), json.pretty(document));
    }

    private static Optional<StoreRecord> parse(Map<String, Object> document) {
        if (!(document.get("databases") instanceof Map<?, ?> databases)
                || !(document.get("open") instanceof Boolean open)) {
            return Optional.empty();
        }
        Map<String, StoreMark> marks = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : databases.entrySet()) {
            if (!(entry.getKey() instanceof String name)
                    || !(entry.getValue() instanceof Map<?, ?> members)
                    || !(members.get("id") instanceof String id)
                    || !(members.get("starts") instanceof Number starts)
                    || !(members.get("sequence") instanceof Number sequence)) {
                return Optional.empty();
            }
            marks.put(name, new StoreMark(id, starts.longValue(), sequence.longValue()));
        }
        return Optional.of(new StoreRecord(marks, open));
    }

    private static StoreUnusableException unreadable(Path file, String reason) {
        return new StoreUnusableException(
                file + " can't be read: " + reason + "; delete it to accept the databases as they are");
    }
}
