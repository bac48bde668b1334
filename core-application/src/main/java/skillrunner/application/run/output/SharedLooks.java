package skillrunner.application.run.output;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.Subscription;
import skillrunner.domain.run.RunId;

/**
 * What the clients of one run see together. Between two signals of the run nothing has changed, as far as anybody knows, so whoever looks
 * from the same place sees the same: only the first one looks at the files, and the others are given its frames. A client that is
 * behind has a place of its own and reads the files. Safe for concurrent use.
 */
final class SharedLooks {
    /** Clients that keep up go together through what comes at once, which are a few places; the others are slow. */
    private static final int MOST_PLACES = 64;

    /** What is longer is read by each client. */
    private static final long MOST_CHARACTERS = 64 * 1024;

    private final FollowRun source;
    private final RunId run;
    private final AtomicLong room;
    private final Map<Object, Runnable> followers = new ConcurrentHashMap<>();
    private final Map<Object, Runnable> eventFollowers = new ConcurrentHashMap<>();

    /** The place that was asked for last stands last: where those stand who keep up is asked for again and again. */
    private final Map<StreamPlace, RunLook.Seen> seen = new LinkedHashMap<>(16, 0.75f, true);

    private long held;
    private long changes;
    private List<Subscription> watches = List.of();

    /**
     * Begins.
     *
     * @param room characters that may be held for all runs; what is held is taken from it
     */
    SharedLooks(FollowRun source, RunId run, AtomicLong room) {
        this.source = source;
        this.run = run;
        this.room = room;
    }

    /** What is watched with the first follower, and no longer than there is one. */
    void watchedBy(Subscription... subscriptions) {
        watches = List.of(subscriptions);
    }

    /** @param events whether it is told events as well */
    void add(Object follower, boolean events, Runnable wakeUp) {
        followers.put(follower, wakeUp);
        if (events) {
            eventFollowers.put(follower, wakeUp);
        }
    }

    /** Takes a follower out. @return whether nobody is left; then this may not be used any more */
    boolean remove(Object follower) {
        followers.remove(follower);
        eventFollowers.remove(follower);
        if (!followers.isEmpty()) {
            return false;
        }
        watches.forEach(Subscription::close);
        forget();
        return true;
    }

    /** The run may have changed. */
    void wake() {
        forget();
        followers.values().forEach(Runnable::run);
    }

    /** Events were told of the run, which are all the same to most. */
    void told() {
        if (!eventFollowers.isEmpty()) {
            forget();
            eventFollowers.values().forEach(Runnable::run);
        }
    }

    /** Whoever looks next looks for itself. */
    synchronized void forget() {
        changes++;
        seen.clear();
        room.addAndGet(held);
        held = 0;
    }

    /** Tells what there is behind a place. */
    RunLook.Seen from(StreamPlace place) {
        if (followers.size() < 2) {
            return RunLook.at(source, run, place);
        }
        long before;
        synchronized (this) {
            RunLook.@Nullable Seen known = seen.get(place);
            if (known != null) {
                return known;
            }
            before = changes;
        }
        RunLook.Seen found = RunLook.at(source, run, place);
        keep(place, found, before);
        return found;
    }

    private synchronized void keep(StreamPlace place, RunLook.Seen found, long before) {
        long characters = found.characters();
        // Once all have left, nobody would give back what is held.
        if (before != changes || followers.isEmpty() || characters > MOST_CHARACTERS || seen.containsKey(place)) {
            return;
        }
        if (seen.size() >= MOST_PLACES) {
            forgetEldest();
        }
        if (room.addAndGet(-characters) < 0) {
            room.addAndGet(characters);
            return;
        }
        seen.put(place, found);
        held += characters;
    }

    /** Whoever is far behind stands at each place once, and must not keep those who keep up from theirs. */
    private void forgetEldest() {
        Iterator<RunLook.Seen> eldest = seen.values().iterator();
        long characters = eldest.next().characters();
        eldest.remove();
        held -= characters;
        room.addAndGet(characters);
    }
}
