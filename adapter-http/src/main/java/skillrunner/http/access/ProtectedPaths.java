package skillrunner.http.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The one list of what a password is asked for. A path is judged in every way in which somebody might read it: as it stands,
 * and once per round of percent-decoding, each time also with backslashes as slashes, without {@code ;} parameters and with
 * {@code .} and {@code ..} followed. It is covered as soon as one of the readings is, so no spelling opens what another one
 * closes. Doubled slashes, a slash at the end and the case of letters never matter. Immutable.
 */
final class ProtectedPaths {
    private static final String ANY = "*";
    private static final int MAX_ROUNDS = 8;
    private static final int HEX = 16;

    /** Each with everything below it. */
    private static final List<List<String>> UI = paths(
            "ui",
            "v1/skill-packages",
            "v1/management/skills/*/adopt",
            "v1/engines/upgrades",
            "v1/engines/auth",
            "v1/engines/auth-status",
            "v1/engines/*/auth",
            "v1/engines/*/models/manifest",
            "v1/engines/*/models/snapshots",
            "v1/engines/*/models/suggestion",
            "v1/engines/*/rollback");

    /** Each with everything below it: no secrets, and needed to show that a password is asked for. */
    private static final List<List<String>> ASSETS = paths("ui/assets/*", "ui-static/*");

    /** Exactly these: a provider's page leads here, and the state in the query is what proves who comes. */
    private static final List<List<String>> CALLBACKS =
            paths("auth/callback", "v1/engines/auth/callback/*", "v1/engines/auth/oauth-proxy/callback/*");

    /** Exactly these: whoever supervises the server has no password. */
    private static final List<List<String>> SIGNS_OF_LIFE = paths("healthz", "readyz");

    private final AccessScope scope;

    ProtectedPaths(AccessScope scope) {
        this.scope = Objects.requireNonNull(scope);
    }

    /**
     * Judges a path.
     *
     * @param path as the client sent it, without query
     * @return true if a password is needed
     */
    boolean covers(String path) {
        String text = path;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            if (isProtected(segments(text)) || isProtected(resolved(text))) {
                return true;
            }
            String decoded = decoded(text);
            if (decoded.equals(text)) {
                return false;
            }
            text = decoded;
        }
        // Nobody encodes so often who means well.
        return true;
    }

    private boolean isProtected(List<String> path) {
        boolean open = isBelow(ASSETS, path) || isOneOf(CALLBACKS, path);
        return switch (scope) {
            case UI -> !open && isBelow(UI, path);
            case ALL -> !open && !isOneOf(SIGNS_OF_LIFE, path);
        };
    }

    private static boolean isBelow(List<List<String>> patterns, List<String> path) {
        return patterns.stream().anyMatch(pattern -> startsWith(path, pattern));
    }

    private static boolean isOneOf(List<List<String>> patterns, List<String> path) {
        return patterns.stream().anyMatch(pattern -> pattern.size() == path.size() && startsWith(path, pattern));
    }

    private static boolean startsWith(List<String> path, List<String> pattern) {
        if (path.size() < pattern.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!pattern.get(i).equals(ANY) && !pattern.get(i).equalsIgnoreCase(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> resolved(String path) {
        List<String> kept = new ArrayList<>();
        for (String segment : segments(path.replace('\\', '/'))) {
            int parameters = segment.indexOf(';');
            String name = parameters < 0 ? segment : segment.substring(0, parameters);
            if (name.equals("..")) {
                if (!kept.isEmpty()) {
                    kept.remove(kept.size() - 1);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                kept.add(name);
            }
        }
        return kept;
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    /** One round; what is no escape stays. Every byte is a character of its own, since only ASCII is looked for. */
    private static String decoded(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), HEX) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), HEX) : -1;
            if (low >= 0) {
                decoded.append((char) (high * HEX + low));
                i += 2;
            } else {
                decoded.append(c);
            }
        }
        return decoded.toString();
    }

    private static List<List<String>> paths(String... texts) {
        return Stream.of(texts).map(ProtectedPaths::segments).toList();
    }
}
