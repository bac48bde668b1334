package skillrunner.workspace.skill;

import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What files and folders looked like just before they were read. A file system tells times apart only as well as its clock
 * ticks, so that two changes within one tick look alike: what had changed within the last two seconds when it was read is
 * never taken for current. Filled by one thread, then only read.
 */
final class FolderState {
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    private final Map<Path, FileStamp> stamps = new LinkedHashMap<>();
    private final Instant settled;
    private final LinkOption[] options;
    private boolean trusted = true;

    /**
     * Begins with nothing.
     *
     * @param clock the one that files are stamped by
     * @param following whether a link stands for what it leads to
     */
    FolderState(Clock clock, boolean following) {
        this.options = following ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        this.settled = clock.instant().minus(UNSETTLED);
    }

    /** Notes a path that is about to be read. What it looked like when it was noted first counts. */
    FileStamp note(Path path) {
        FileStamp known = stamps.get(path);
        if (known != null) {
            return known;
        }
        FileStamp stamp = FileStamp.of(path, options);
        stamps.put(path, stamp);
        trusted &= stamp.modified().toInstant().isBefore(settled);
        return stamp;
    }

    /** Tells whether everything is as it was. */
    boolean isCurrent() {
        if (!trusted) {
            return false;
        }
        for (Map.Entry<Path, FileStamp> noted : stamps.entrySet()) {
            if (!FileStamp.of(noted.getKey(), options).equals(noted.getValue())) {
                return false;
            }
        }
        return true;
    }
}
