package skillrunner.oauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import skillrunner.application.signin.KeptSignIn;
import skillrunner.application.signin.SignInRecords;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInSession;

/** Records of sessions as lines in a file of each session's folder. */
record FolderRecords(Path root) implements SignInRecords {
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
        // Nothing outlives these sessions.
    }

    @Override
    public List<KeptSignIn> leftBehind() {
        return List.of();
    }

    @Override
    public String folder(KeptSignIn session) {
        return root.resolve(session.id().value()).toString();
    }

    @Override
    public void discard(SignInId session) {
        try {
            Path folder = root.resolve(session.value());
            Files.deleteIfExists(folder.resolve("events.txt"));
            Files.deleteIfExists(folder.resolve("http_trace.log"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
