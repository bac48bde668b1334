package skillrunner.workspace.skill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.files.EntryKind;
import skillrunner.files.UntrustedFolder;
import skillrunner.workspace.file.Digests;
import skillrunner.workspace.json.LocatedJson;

/**
 * A file of a skill that the product itself reads: a regular file of one name inside the folder, UTF-8 and of bounded size.
 * Nothing else is ever opened.
 */
final class PackageFile {
    /** Far more than a manifest, a schema or instructions need, and little enough to be read at once. */
    static final int MOST_BYTES = 1 << 20;

    private final UntrustedFolder folder;
    private final String path;

    PackageFile(UntrustedFolder folder, String path) {
        this.folder = folder;
        this.path = path;
    }

    /** A file that holds one JSON object, with the SHA-256 of its text. */
    record Json(Map<String, Object> root, Map<String, LocatedJson.Place> places, String digest) {}

    /**
     * Reads a file that a skill may have.
     *
     * @return its text, or empty if there is no such regular file
     * @throws IllegalArgumentException if it can't be read as text
     */
    static Optional<String> textIn(UntrustedFolder folder, String path) {
        PackageFile file = new PackageFile(folder, path);
        try {
            return file.exists() ? Optional.of(file.text()) : Optional.empty();
        } catch (UnreadableSkillException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    boolean exists() {
        return folder.kind(path)
                .filter(kind -> kind == EntryKind.FILE || kind == EntryKind.UNREADABLE)
                .isPresent();
    }

    /**
     * Reads the file.
     *
     * @return its text
     * @throws UnreadableSkillException if it is too large, no UTF-8 or not to be read by the server's user
     * @throws UncheckedIOException if it could not be looked at
     */
    String text() {
        try (FileChannel file = folder.file(path).orElseThrow(this::noFile)) {
            // It may grow while it is read.
            byte[] bytes = Channels.newInputStream(file).readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw unreadable("the file is larger than one MiB (" + MOST_BYTES + " bytes)", "make it shorter");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable("the file is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UnreadableSkillException noFile() {
        return folder.kind(path).equals(Optional.of(EntryKind.UNREADABLE))
                ? unreadable("the server may not read the file", "let its user read it")
                : unreadable("the file is missing", "add it");
    }

    /**
     * Reads the file as one JSON object.
     *
     * @param complaint what to call a file that is none
     * @throws UnreadableSkillException if it is none
     */
    Json json(String complaint) {
        String text = text();
        LocatedJson.Content content = LocatedJson.read(text);
        if (content instanceof LocatedJson.Content.Good good) {
            return new Json(good.root(), good.places(), Digests.sha256(text));
        }
        LocatedJson.Content.Bad bad = (LocatedJson.Content.Bad) content;
        throw new UnreadableSkillException(new PackageFinding(
                        path,
                        "",
                        complaint + ": " + bad.reason(),
                        "write one JSON object without comments and doubled keys")
                .at(bad.place().line(), bad.place().column()));
    }

    /** Adds to a finding in this file where its place is; a key that is missing is sought where it should be. */
    static PackageFinding located(PackageFinding finding, Map<String, LocatedJson.Place> places) {
        String pointer = finding.place();
        while (!pointer.isEmpty() && !places.containsKey(pointer)) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
        }
        LocatedJson.Place place = Optional.ofNullable(places.get(pointer)).orElse(new LocatedJson.Place(1, 1));
        return finding.at(place.line(), place.column());
    }

    private UnreadableSkillException unreadable(String message, String remedy) {
        return new UnreadableSkillException(new PackageFinding(path, "", message, remedy));
    }
}
