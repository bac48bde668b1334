package skillrunner.workspace.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import skillrunner.application.json.YamlText;

/** Reads YAML with SnakeYAML Engine: no tags of its own, no alias for what is more than a scalar. Safe for concurrent use. */
public final class SnakeYamlText implements YamlText {
    private static final int MOST_CHARACTERS = 64 * 1024;
    private static final int MOST_LEVELS = 20;

    private static final class TooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Optional<Map<String, Object>> parseObject(String text) {
        try {
            Object read = new Load(LoadSettings.builder()
                            .setMaxAliasesForCollections(0)
                            .setCodePointLimit(MOST_CHARACTERS)
                            .build())
                    .loadFromString(text);
            return read instanceof Map<?, ?> map ? Optional.of(plain(map, MOST_LEVELS)) : Optional.empty();
        } catch (YamlEngineException | TooDeepException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> plain(Map<?, ?> map, int levels) {
        Map<String, Object> plain = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                plain.put(String.valueOf(key), plain(value, levels - 1));
            }
        });
        return plain;
    }

    /** What JSON does not know becomes text. */
    private static Object plain(Object value, int levels) {
        if (levels < 0) {
            throw new TooDeepException();
        }
        if (value instanceof Map<?, ?> map) {
            return plain(map, levels);
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            for (@Nullable Object part : list) {
                if (part != null) {
                    plain.add(plain(part, levels - 1));
                }
            }
            return plain;
        }
        boolean isPlain = value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger
                || (value instanceof Double number && Double.isFinite(number));
        return isPlain ? value : String.valueOf(value);
    }
}
