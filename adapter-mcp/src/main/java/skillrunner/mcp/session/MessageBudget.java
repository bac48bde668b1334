package skillrunner.mcp.session;

import java.util.concurrent.atomic.AtomicLong;

/** What all messages together may hold that nobody has read yet. Safe for concurrent use. */
final class MessageBudget {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    MessageBudget(long most) {
        this.most = most;
    }

    /** Sets room aside. @return false if there is not so much; then nothing was set aside */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) > most) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
