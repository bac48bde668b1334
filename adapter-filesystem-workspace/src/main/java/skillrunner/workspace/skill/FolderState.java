package skillrunner.workspace.skill;

import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What files and folders looked like just before they were read. A file system tells times apart only as well as its clock
 * ticks, so that two changes within one tick look alike: what had changed within the last two seconds when it was read is
 * never taken for current. Filled by one thread, then only read.
 */
final class FolderState {
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    private final List<Path> paths = new ArrayList<>();
    private final List<FileStamp> stamps = new ArrayList<>();
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

    /** Notes a path that is about to be read. */
    FileStamp note(Path path) {
        FileStamp stamp = FileStamp.of(path, options);
        paths.add(path);
        stamps.add(stamp);
        trusted &= stamp.modified().toInstant().isBefore(settled);
        return stamp;
    }

    /** Tells whether everything is as it was. */
    boolean isCurrent() {
        if (!trusted) {
            return false;
        }
        for (int i = 0; i < paths.size(); i++) {
            if (!FileStamp.of(paths.get(i), options).equals(stamps.get(i))) {
                return false;
            }
        }
        return true;
    }
}
