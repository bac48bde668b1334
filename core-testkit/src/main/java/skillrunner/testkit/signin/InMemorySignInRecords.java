package skillrunner.testkit.signin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skillrunner.application.signin.KeptSignIn;
import skillrunner.application.signin.SignInRecords;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInSession;

/** Keeps the lines of sessions in memory. Safe for concurrent use. */
public final class InMemorySignInRecords implements SignInRecords {
    private final Map<SignInId, List<String>> lines = new LinkedHashMap<>();
    private final Map<SignInId, KeptSignIn> kept = new LinkedHashMap<>();

    @Override
    public synchronized String open(SignInSession session) {
        lines.put(session.id(), new ArrayList<>());
        return "/sign-ins/" + session.id();
    }

    @Override
    public synchronized void add(SignInSession session, String type, Map<String, ?> facts) {
        lines.getOrDefault(session.id(), new ArrayList<>()).add(type + facts);
    }

    @Override
    public synchronized void keep(KeptSignIn session) {
        kept.put(session.id(), session);
    }

    @Override
    public synchronized List<KeptSignIn> leftBehind() {
        return kept.values().stream().filter(it -> !it.letGo()).toList();
    }

    @Override
    public String folder(KeptSignIn session) {
        return "/sign-ins/" + session.id();
    }

    @Override
    public synchronized void discard(SignInId session) {
        kept.remove(session);
        lines.remove(session);
    }

    /** Returns the sessions that have a folder. */
    public synchronized List<SignInId> sessions() {
        return List.copyOf(lines.keySet());
    }

    /** Returns the lines of one session. */
    public synchronized List<String> of(SignInId session) {
        return List.copyOf(lines.getOrDefault(session, List.of()));
    }
}
