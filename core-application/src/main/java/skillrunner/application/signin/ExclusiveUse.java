package skillrunner.application.signin;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What only one may have at a time in the whole server: the engines' home, as far as a person works in it. A sign-in and an engine
 * in a terminal would change the same credentials under each other. Kept in memory, so a crash leaves it free. Safe for
 * concurrent use.
 */
public final class ExclusiveUse {
    private final AtomicReference<@Nullable ExclusiveUser> user = new AtomicReference<>();
    private final List<Runnable> users = new CopyOnWriteArrayList<>();

    /** Nobody has it yet. */
    public ExclusiveUse() {
        // Explicit, since the package is exported.
    }

    /**
     * Says what is done when somebody wants it: who has it is brought to an end that has come already, because its time is over or
     * its program is gone, and what is still being ended of somebody before is waited for.
     *
     * @param settling what is done, by any thread; refuses if it has to be waited for too long
     */
    public void whenWanted(Runnable settling) {
        users.add(settling);
    }

    /**
     * Lets those who may have it look whether they have come to their end. To be called before it is taken.
     *
     * @throws skillrunner.domain.problem.RefusedException with {@link skillrunner.domain.problem.ErrorCode#SESSION_CONFLICT} if what is left of
     *     somebody before does not end
     */
    public void settle() {
        users.forEach(Runnable::run);
    }

    /**
     * Takes it, unless somebody has it.
     *
     * @param candidate who wants it
     * @return who had it before; empty if the candidate has it now
     */
    public Optional<ExclusiveUser> take(ExclusiveUser candidate) {
        return Optional.ofNullable(user.compareAndExchange(null, candidate));
    }

    /**
     * Gives it back. Does nothing if somebody else has it.
     *
     * @param former who had it
     */
    public void giveBack(ExclusiveUser former) {
        ExclusiveUser present = user.get();
        if (former.equals(present)) {
            // Nobody else takes it meanwhile: it is not free.
            user.compareAndSet(present, null);
        }
    }

    /**
     * Tells who has it.
     *
     * @return the user, if there is one
     */
    public Optional<ExclusiveUser> user() {
        return Optional.ofNullable(user.get());
    }
}
