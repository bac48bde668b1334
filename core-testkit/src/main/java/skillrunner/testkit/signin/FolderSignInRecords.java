package skillrunner.testkit.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import skillrunner.application.signin.KeptSignIn;
import skillrunner.application.signin.SignInRecords;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInSession;

/** Records of sessions as lines in a file of each session's folder, where drivers may write too. Safe for concurrent use. */
public final class FolderSignInRecords implements SignInRecords {
    private final Path root;
    private final Map<SignInId, KeptSignIn> kept = new ConcurrentHashMap<>();

    /** Folders come below this one. */
    public FolderSignInRecords(Path root) {
        this.root = root;
    }

    @Override
    public String open(SignInSession session) {
        try {
            return Files.createDirectories(root.resolve(session.id().value())).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void add(SignInSession session, String type, Map<String, ?> facts) {
        try {
            Files.writeString(
                    root.resolve(session.id().value()).resolve("events.txt"),
                    type + " " + facts + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void keep(KeptSignIn session) {
        kept.put(session.id(), session);
    }

    @Override
    public List<KeptSignIn> leftBehind() {
        return kept.values().stream().filter(it -> !it.letGo()).toList();
    }

    @Override
    public String folder(KeptSignIn session) {
        return root.resolve(session.id().value()).toString();
    }

    @Override
    public void discard(SignInId session) {
        try {
            Path folder = root.resolve(session.value());
            kept.remove(session);
            List<Path> all;
            try (Stream<Path> files = Files.walk(folder)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : all) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
