package skillrunner.sqlite;

import java.util.Optional;
import skillrunner.domain.store.StoreMark;

/** An open database that knows which one it is. Safe for concurrent use. */
public interface KnownStore extends AutoCloseable {
    /**
     * Tells which database this is and how far it has come.
     *
     * @return what it says of itself
     */
    StoreMark mark();

    /**
     * Counts a start, claims the file for this server and begins to watch it. Until then nothing is changed in a file that
     * this version made.
     *
     * @throws skillrunner.application.storage.StoreUnusableException if another server has claimed it
     */
    void begin();

    /**
     * Tells whether the file is still the one that was opened: neither removed, replaced, truncated nor overwritten, and its
     * write-ahead log with it.
     *
     * @return half a sentence about what is wrong; empty if nothing is or nobody could look
     */
    Optional<String> fault();

    @Override
    void close();
}
