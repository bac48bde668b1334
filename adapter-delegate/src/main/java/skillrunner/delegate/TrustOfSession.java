package skillrunner.delegate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import skillrunner.application.engine.TrustedFolders;
import skillrunner.domain.engine.EngineId;

/** The program of a session works in the session's folder, and in the one above it, without asking: while the session lasts. */
final class TrustOfSession implements LaidAside {
    private final TrustedFolders trusted;
    private final EngineId engine;
    private final List<String> folders;
    private boolean added;

    TrustOfSession(TrustedFolders trusted, EngineId engine, Path session) {
        this.trusted = trusted;
        this.engine = engine;
        Path real = real(session);
        this.folders = List.of(
                real.toString(), Objects.requireNonNull(real.getParent()).toString());
    }

    /** @throws RuntimeException if its file can't be changed; then the program asks, and is answered */
    void add() {
        trusted.add(engine, folders);
        added = true;
    }

    @Override
    public void putBack(boolean succeeded) {
        if (added) {
            remove();
        }
    }

    /** Takes it back, also if another server gave it. */
    void remove() {
        trusted.remove(engine, folders);
    }

    /** As the program sees it. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath();
        }
    }
}
