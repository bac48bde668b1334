package skillrunner.process.follow;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.run.Subscription;

/**
 * One watch service for all folders. A call-back is only a hint: changes may be told together, and where the operating
 * system can't watch a folder nothing is told, so whoever follows must also look now and then. Safe for concurrent use.
 */
public final class FileFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileFollower.class);

    private final WatchService watcher;
    private final Map<WatchKey, Map<Object, Watch>> followed = new ConcurrentHashMap<>();

    private FileFollower(WatchService watcher) {
        this.watcher = watcher;
    }

    /**
     * Begins to watch.
     *
     * @param background gives the one thread that waits for changes
     * @return a follower of nothing yet
     */
    public static FileFollower start(BackgroundTasks background) {
        try {
            FileFollower follower = new FileFollower(FileSystems.getDefault().newWatchService());
            background.submit("output-follower", follower::run);
            return follower;
        } catch (IOException e) {
            throw new IllegalStateException("files can't be watched on this machine", e);
        }
    }

    /**
     * Calls back after changes in a folder.
     *
     * @param folder the folder; what lies in folders below it does not count
     * @param names the names of the files that count; asked from the follower's thread, so it must be quick
     * @param wakeUp called from the follower's thread; must be quick
     * @return ends the watch
     */
    public synchronized Subscription follow(Path folder, Predicate<String> names, Runnable wakeUp) {
        WatchKey key;
        try {
            // The same key for the same folder: it must not be cancelled by one who leaves before this one is listed.
            key = folder.register(watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException e) {
            LOG.warn("a folder can't be watched and is polled instead: {}", e.toString());
            return () -> {};
        }
        Object own = new Object();
        followed.compute(key, (k, present) -> {
            Map<Object, Watch> map = present == null ? new ConcurrentHashMap<>() : present;
            map.put(own, new Watch(names, wakeUp));
            return map;
        });
        return () -> leave(key, own);
    }

    private synchronized void leave(WatchKey key, Object own) {
        followed.computeIfPresent(key, (k, present) -> {
            present.remove(own);
            if (present.isEmpty()) {
                k.cancel();
                return null;
            }
            return present;
        });
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            LOG.warn("the watch could not be closed: {}", e.toString());
        }
    }

    /** What the operating system could not tell, because too much changed at once, may be anything. */
    private static boolean isAbout(WatchEvent<?> event, Predicate<String> names) {
        return !(event.context() instanceof Path changed) || names.test(changed.toString());
    }

    private record Watch(Predicate<String> names, Runnable wakeUp) {
        void tell(List<WatchEvent<?>> events) {
            try {
                if (events.stream().anyMatch(event -> isAbout(event, names))) {
                    wakeUp.run();
                }
            } catch (RuntimeException e) {
                LOG.error("a follower failed", e);
            }
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = watcher.take();
                List<WatchEvent<?>> events = key.pollEvents();
                key.reset();
                Map<Object, Watch> present = followed.get(key);
                if (present != null) {
                    present.values().forEach(watch -> watch.tell(events));
                }
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("the follower was closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
