package skillrunner.e2eclient.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Everything a browser loads besides pages, held in memory. Their address holds a digest over all of them, so that they may be kept for ever. Immutable. */
final class Assets {
    private static final String FOLDER = "/skillrunner/e2eclient/public/";

    /** A jar can't be asked what it holds. */
    private static final List<String> NAMES = List.of(
            "app.css", "app.js", "form.js", "run.js", "question.js", "output.js", "replay.js", "times.js", "icon.svg");

    private static final Map<String, String> TYPES =
            Map.of("css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    private static final int DIGEST_CHARACTERS = 16;

    @SuppressWarnings("ArrayRecordComponent") // sent out as it is and never compared
    record Asset(String type, byte[] bytes) {}

    private final Map<String, Asset> byName;
    private final String digest;

    private Assets(Map<String, Asset> byName) {
        this.byName = Map.copyOf(byName);
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(byName).forEach((name, asset) -> {
                sha256.update(name.getBytes(StandardCharsets.UTF_8));
                sha256.update(asset.bytes());
            });
            this.digest = HexFormat.of().formatHex(sha256.digest()).substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Assets load() {
        Map<String, Asset> assets = new TreeMap<>();
        NAMES.forEach(name -> assets.put(
                name,
                new Asset(Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1))), bytes(name))));
        return new Assets(assets);
    }

    String prefix() {
        return "/assets/" + digest;
    }

    boolean isCurrent(String asked) {
        return asked.equals(digest);
    }

    Optional<Asset> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(in, () -> "the asset " + name + " is missing")
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
