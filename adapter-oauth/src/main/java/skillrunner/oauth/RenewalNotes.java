package skillrunner.oauth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.files.DurableFiles;
import skillrunner.files.SmallFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be known of a token beyond the end of this server: that it was sent, or that its provider has ended it. Stands beside the file
 * that holds the token and names it by its digest, so that it says nothing of any other. Whoever writes has the lock of renewals.
 */
final class RenewalNotes {
    private static final int MOST_BYTES = 64 << 10;
    private static final String TOKEN = "token";
    private static final String STATE = "state";

    private final Path home;

    RenewalNotes(Path home) {
        this.home = home;
    }

    /** What is noted of a token. */
    enum Note {
        /** It was sent, and no answer has reached the disk. */
        SENT,
        /** Its provider renews nothing for it any more. */
        REFUSED
    }

    Optional<Note> of(String path, HeldToken token) {
        Optional<ObjectNode> note;
        try {
            note = Json.parse(SmallFiles.read(file(path), MOST_BYTES));
        } catch (IOException e) {
            return Optional.empty();
        }
        return note.filter(it -> Json.text(it, TOKEN)
                        .filter(digest(token.refresh())::equals)
                        .isPresent())
                .flatMap(it -> Json.text(it, STATE))
                .flatMap(RenewalNotes::named);
    }

    /**
     * Notes something; what was noted of another token is of no use any more.
     *
     * @throws StorageFaultException if it can't be written
     */
    void write(String path, HeldToken token, Note note) {
        ObjectNode text = Json.object().put(TOKEN, digest(token.refresh())).put(STATE, note.name());
        DurableFiles.write(file(path), Json.bytes(text));
    }

    /** @throws StorageFaultException if it stays */
    void remove(String path) {
        try {
            Files.deleteIfExists(file(path));
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    private Path file(String path) {
        Path credentials = home.resolve(path);
        return credentials.resolveSibling("." + credentials.getFileName() + ".skill-runner.renewal");
    }

    private static Optional<Note> named(String name) {
        for (Note note : Note.values()) {
            if (note.name().equals(name)) {
                return Optional.of(note);
            }
        }
        return Optional.empty();
    }

    static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
