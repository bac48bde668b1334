package skillrunner.sqlite.run;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import skillrunner.application.run.admission.KeyedAcceptance;

/** Keys are used once, whatever kind of request they were sent with. */
final class UsedKeys {
    private UsedKeys() {}

    /** The transaction holds the write lock from its start, so that nobody can use the key before it ends. */
    static boolean contain(Handle handle, Optional<KeyedAcceptance> keyed) {
        return keyed.flatMap(
                        given -> handle.attach(KeyDao.class).find(given.key().value()))
                .isPresent();
    }

    static void add(Handle handle, Optional<KeyedAcceptance> keyed) {
        keyed.map(KeyRow::of).ifPresent(handle.attach(KeyDao.class)::insert);
    }
}
