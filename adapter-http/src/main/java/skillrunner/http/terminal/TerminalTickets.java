package skillrunner.http.terminal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.terminal.TerminalId;

/**
 * Words that let whoever was given the page open its socket: each once, soon, and for one session. A socket can't be asked for by a
 * page of anybody else then, whatever their browser knows. Safe for concurrent use.
 */
final class TerminalTickets {
    private static final int RANDOM_BYTES = 32;
    private static final Duration LIFE = Duration.ofSeconds(60);

    /** The oldest goes when there are more; who reloads a page that often does not use them. */
    private static final int MOST = 64;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    /** Guarded by this. */
    private final Map<String, Ticket> issued = new LinkedHashMap<>();

    private record Ticket(TerminalId session, Instant until) {}

    TerminalTickets(Clock clock) {
        this.clock = clock;
    }

    synchronized String issue(TerminalId session) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String word = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        issued.put(word, new Ticket(session, clock.instant().plus(LIFE)));
        Iterator<String> oldest = issued.keySet().iterator();
        while (issued.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
        return word;
    }

    /** Takes a ticket, which is none any more. @return the session it is for */
    synchronized Optional<TerminalId> redeem(@Nullable String word) {
        return Optional.ofNullable(word)
                .map(issued::remove)
                .filter(ticket -> !clock.instant().isAfter(ticket.until()))
                .map(Ticket::session);
    }
}
