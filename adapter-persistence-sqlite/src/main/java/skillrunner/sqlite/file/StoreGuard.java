package skillrunner.sqlite.file;

import java.util.Optional;
import skillrunner.domain.store.StoreMark;

/** Is shown what a file that holds something says of itself, before anything is changed in it. */
@FunctionalInterface
public interface StoreGuard {
    /** Objects to nothing. */
    StoreGuard NONE = found -> {};

    /**
     * Looks at a file.
     *
     * @param found what it says of itself; empty if another program or an early version of this one made it
     * @throws skillrunner.application.storage.StoreUnusableException if it must not be used
     */
    void check(Optional<StoreMark> found);
}
