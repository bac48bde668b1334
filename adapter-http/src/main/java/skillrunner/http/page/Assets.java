package skillrunner.http.page;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything a browser loads, held in memory: style sheet, scripts, icons. The address of each holds one digest over all of
 * them, so that scripts can import each other by relative names and a browser may keep them for ever. Safe for concurrent use.
 */
final class Assets {
    private static final Map<String, String> TYPES =
            Map.of("css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    /** Name to where the build unpacked it. */
    private static final Map<String, String> FROM_NPM = Map.of(
            "xterm.js", "xterm/lib/xterm.js",
            "xterm.css", "xterm/css/xterm.css",
            "xterm-fit.js", "addon-fit/lib/addon-fit.js");

    @SuppressWarnings("ArrayRecordComponent") // sent out as it is and never compared
    private record Asset(String type, byte[] bytes) {}

    /** What a script of ours imports, each on a line of its own. */
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:.* from )?'\\./([^']+)';$");

    private final Map<String, Asset> byName;
    private final Map<String, List<String>> imports = new ConcurrentHashMap<>();
    private final String digest;

    private Assets(Map<String, Asset> byName) {
        this.byName = Map.copyOf(byName);
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(byName).forEach((name, asset) -> {
                sha256.update(name.getBytes(StandardCharsets.UTF_8));
                sha256.update(asset.bytes());
            });
            this.digest = HexFormat.of().formatHex(sha256.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the assets named in {@code public/index.txt}; a jar can't be asked what it holds. */
    static Assets load() {
        Map<String, Asset> assets = new TreeMap<>();
        String index = new String(bytes("/public/index.txt"), StandardCharsets.UTF_8);
        index.lines().filter(name -> !name.isBlank()).forEach(name -> assets.put(name, asset(name, "/public/" + name)));
        // The build writes down which version it took.
        String version = new String(bytes("/skillrunner/http/page/htmx.version"), StandardCharsets.UTF_8).strip();
        assets.put(
                "htmx.js", asset("htmx.js", "/META-INF/resources/webjars/htmx.org/" + version + "/dist/htmx.min.js"));
        FROM_NPM.forEach((name, file) -> assets.put(name, asset(name, "/skillrunner/http/page/npm/" + file)));
        return new Assets(assets);
    }

    String prefix() {
        return "/ui/assets/" + digest;
    }

    /**
     * Tells which modules a script needs, directly or through others, so that a browser can ask for all of them at once instead
     * of learning of them one after the other.
     */
    List<String> importsOf(String script) {
        return imports.computeIfAbsent(script, name -> {
            Set<String> found = new LinkedHashSet<>();
            collectImports(name, found);
            return List.copyOf(found);
        });
    }

    private void collectImports(String script, Set<String> found) {
        Asset asset = byName.get(script);
        if (asset == null) {
            throw new IllegalArgumentException("there is no script " + script);
        }
        Matcher matcher = IMPORT.matcher(new String(asset.bytes(), StandardCharsets.UTF_8));
        while (matcher.find()) {
            if (found.add(matcher.group(1))) {
                collectImports(matcher.group(1), found);
            }
        }
    }

    /** Answers with an asset. @return false if there is none of this name */
    boolean answer(Context ctx, String name) {
        Optional<Asset> found = Optional.ofNullable(byName.get(name));
        found.ifPresent(asset -> {
            // An address with an old digest gets the present content, but must not keep it.
            boolean current = ctx.path().startsWith(prefix() + "/");
            ctx.header("Cache-Control", current ? "public, max-age=31536000, immutable" : "no-cache");
            ctx.contentType(asset.type());
            ctx.result(asset.bytes());
        });
        return found.isPresent();
    }

    private static Asset asset(String name, String resource) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return new Asset(TYPES.getOrDefault(extension, "application/octet-stream"), bytes(resource));
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the asset " + resource + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
