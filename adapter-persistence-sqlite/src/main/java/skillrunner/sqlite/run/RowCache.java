package skillrunner.sqlite.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A read-through cache of the rows that were read lately, so that looking at one run again and again does not ask the
 * database each time. Right as long as every change of a row is told to {@link #forget}, which the store of those rows
 * does; a data directory has one server. Safe for concurrent use.
 */
final class RowCache<K, V> {
    private static final int MOST = 1_024;

    private final Predicate<V> worthKeeping;
    private final Map<K, V> rows = new LinkedHashMap<>(16, 0.75f, true);
    private long changes;

    RowCache(Predicate<V> worthKeeping) {
        this.worthKeeping = worthKeeping;
    }

    Optional<V> get(K key, Supplier<Optional<V>> reader) {
        long before;
        synchronized (this) {
            V known = rows.get(key);
            if (known != null) {
                return Optional.of(known);
            }
            before = changes;
        }
        Optional<V> read = reader.get();
        // What was read before a change must not be kept after it.
        synchronized (this) {
            if (changes == before && read.filter(worthKeeping).isPresent()) {
                rows.put(key, read.get());
                if (rows.size() > MOST) {
                    rows.remove(rows.keySet().iterator().next());
                }
            }
        }
        return read;
    }

    synchronized void forget(K key) {
        changes++;
        rows.remove(key);
    }

    synchronized void forgetEverything() {
        changes++;
        rows.clear();
    }
}
