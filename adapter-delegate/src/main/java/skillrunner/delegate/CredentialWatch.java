package skillrunner.delegate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import skillrunner.application.json.JsonText;
import skillrunner.files.SmallFiles;

/**
 * Tells whether an engine's credentials are others than when the program began. Files that are merely there say nothing: they may be of
 * an earlier sign-in. Holds hashes only. Safe for concurrent use.
 */
final class CredentialWatch {
    private static final int MOST_BYTES = 4 << 20;

    private final Path home;
    private final List<Place> places;
    private final JsonText json;
    private final List<Optional<String>> before;

    /**
     * Where credentials are.
     *
     * @param path of a file, below the home
     * @param entry the member of the object in it that counts; empty for all of the file
     */
    record Place(String path, Optional<String> entry) {
        static Place file(String path) {
            return new Place(path, Optional.empty());
        }
    }

    CredentialWatch(Path home, List<Place> places, JsonText json) {
        this.home = home;
        this.places = List.copyOf(places);
        this.json = json;
        this.before = now();
    }

    /** Whether one of them is there and is another one. */
    boolean changed() {
        List<Optional<String>> now = now();
        for (int at = 0; at < now.size(); at++) {
            if (now.get(at).isPresent() && !now.get(at).equals(before.get(at))) {
                return true;
            }
        }
        return false;
    }

    private List<Optional<String>> now() {
        return places.stream().map(this::hash).toList();
    }

    private Optional<String> hash(Place place) {
        try {
            byte[] content = SmallFiles.read(home.resolve(place.path()), MOST_BYTES);
            return place.entry().isEmpty()
                    ? Optional.of(hash(content))
                    : entry(content, place.entry().get());
        } catch (IOException e) {
            // What is not there or can't be read has not become anything.
            return Optional.empty();
        }
    }

    private Optional<String> entry(byte[] content, String name) {
        return json.parseObject(new String(content, StandardCharsets.UTF_8))
                .flatMap(object -> Optional.ofNullable(object.get(name)))
                .map(value -> hash(json.canonical(value).getBytes(StandardCharsets.UTF_8)));
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
