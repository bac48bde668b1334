package skillrunner.testkit.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skillrunner.application.storage.DiskReserve;
import skillrunner.application.storage.StorageFullException;

/**
 * The disk of all stores in memory. They ask it before each write; a test says which writes fail. Safe for concurrent
 * use.
 */
public final class ScriptedDisk implements DiskReserve {
    private final List<String> writes = new ArrayList<>();
    private final Map<Integer, Supplier<? extends RuntimeException>> failures = new HashMap<>();
    private final Map<String, Supplier<? extends RuntimeException>> lastingFailures = new HashMap<>();
    private final Map<String, Runnable> interludes = new HashMap<>();
    private Consumer<String> midway = what -> {};
    private volatile Consumer<String> watcher = what -> {};
    private boolean full;
    private boolean exhausted;
    private boolean freedByRelease;
    private boolean writable = true;
    private boolean held = true;
    private long shortages;
    private int releases;
    private int restores;

    /**
     * To be called by a store before it changes anything.
     *
     * @param what names the write
     * @throws StorageFullException if the disk is full now
     */
    public void beforeWrite(String what) {
        interlude(what).run();
        watcher.accept(what);
        write(what);
    }

    /**
     * To be called by a store between two parts of a change that is not one step, outside all locks: here another thread may
     * be faster, the change may fail, and the server may be killed.
     *
     * @param what names the change
     */
    public void midway(String what) {
        Consumer<String> present;
        synchronized (this) {
            present = midway;
        }
        present.accept(what);
    }

    /** Lets something happen just before each write, on the writer's own thread. */
    public void onWrite(Consumer<String> interlude) {
        watcher = interlude;
    }

    /** Lets something happen in the middle of each change that is not one step, on the writer's own thread. */
    public synchronized void onMidway(Consumer<String> interlude) {
        midway = interlude;
    }

    private synchronized Runnable interlude(String what) {
        Runnable interlude = interludes.remove(what);
        return interlude == null ? () -> {} : interlude;
    }

    private synchronized void write(String what) {
        writes.add(what);
        @Nullable Supplier<? extends RuntimeException> failure = failures.remove(writes.size());
        if (failure != null) {
            throw failure.get();
        }
        @Nullable Supplier<? extends RuntimeException> lasting = lastingFailures.get(what);
        if (lasting != null) {
            throw lasting.get();
        }
        if (full) {
            throw new StorageFullException(new IllegalStateException("no space left for " + what));
        }
    }

    /**
     * Lets something happen just before a write, on the writer's own thread.
     *
     * @param what names the write
     * @param interlude what happens, once
     */
    public synchronized void onNextWrite(String what, Runnable interlude) {
        interludes.put(what, interlude);
    }

    /** Every write fails from now on. */
    public synchronized void fill() {
        full = true;
    }

    /** Every write fails from now on, until the reserve is released. */
    public synchronized void fillUpToTheReserve() {
        full = true;
        freedByRelease = true;
    }

    /** There is room again. */
    public synchronized void free() {
        full = false;
        exhausted = false;
        freedByRelease = false;
    }

    /** Writes succeed, but so little room is left that running work must stop. */
    public synchronized void becomeTight() {
        exhausted = true;
        shortages++;
    }

    /** The data directory is lost or takes no writes from now on. */
    public synchronized void becomeUnwritable() {
        writable = false;
    }

    /**
     * Lets one write fail because the disk is full.
     *
     * @param number which write from now on, counted from 1
     */
    public synchronized void failWrite(int number) {
        failWrite(number, () -> new StorageFullException(new IllegalStateException("no space left")));
    }

    /**
     * Lets one write fail.
     *
     * @param number which write from now on, counted from 1
     * @param failure how
     */
    public synchronized void failWrite(int number, Supplier<? extends RuntimeException> failure) {
        failures.put(writes.size() + number, failure);
    }

    /**
     * Lets every write of one kind fail from now on.
     *
     * @param what names the write
     * @param failure how
     */
    public synchronized void failEvery(String what, Supplier<? extends RuntimeException> failure) {
        lastingFailures.put(what, failure);
    }

    /** Lets all kinds of writes succeed again. */
    public synchronized void failNoMore() {
        lastingFailures.clear();
    }

    /**
     * Returns what was written or tried.
     *
     * @return the names of the writes, oldest first
     */
    public synchronized List<String> writes() {
        return Collections.unmodifiableList(new ArrayList<>(writes));
    }

    /**
     * Returns how often the reserve was released.
     *
     * @return the number
     */
    public synchronized int releases() {
        return releases;
    }

    /**
     * Returns how often the reserve was taken again.
     *
     * @return the number
     */
    public synchronized int restores() {
        return restores;
    }

    @Override
    public synchronized boolean exhausted() {
        return exhausted;
    }

    @Override
    public synchronized long shortages() {
        return shortages;
    }

    @Override
    public synchronized boolean writable() {
        return writable;
    }

    @Override
    public synchronized boolean isHeld() {
        // Whoever watches the disk takes it again as soon as there is room.
        held |= !full && !exhausted && !freedByRelease;
        return held;
    }

    @Override
    public synchronized void release() {
        held = false;
        releases++;
        if (freedByRelease) {
            full = false;
        }
    }

    @Override
    public synchronized void restore() {
        restores++;
        held |= !full && !exhausted;
    }
}
