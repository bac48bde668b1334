package skillrunner.domain.skill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the keys of an input schema arrive: in the request body ({@code x-input-source: inline}) or as uploaded files (the
 * default).
 *
 * @param inlineKeys keys whose values come with the request
 * @param fileKeys keys whose values are uploaded files of the same name
 * @param requiredFileKeys the file keys without which a run can't start
 * @param takesOtherFiles whether files of any other name may come as well ({@code additionalProperties} that are files)
 * @param inlineSchema the part of the schema that speaks about inline keys, usable on its own
 */
public record InputContract(
        Set<String> inlineKeys,
        Set<String> fileKeys,
        Set<String> requiredFileKeys,
        boolean takesOtherFiles,
        Map<String, Object> inlineSchema) {
    /** The keyword that says how a value arrives. */
    public static final String SOURCE = "x-input-source";

    /** Its value for what comes with the request. */
    public static final String INLINE = "inline";

    /** Its value for what is uploaded. */
    public static final String FILE = "file";

    /** Copies the collections, keeping their order. */
    public InputContract {
        inlineKeys = Collections.unmodifiableSet(new LinkedHashSet<>(inlineKeys));
        fileKeys = Collections.unmodifiableSet(new LinkedHashSet<>(fileKeys));
        requiredFileKeys = Collections.unmodifiableSet(new LinkedHashSet<>(requiredFileKeys));
        inlineSchema = Collections.unmodifiableMap(new LinkedHashMap<>(inlineSchema));
    }

    /**
     * Splits an input schema.
     *
     * @param inputSchema the schema as plain values
     * @return the contract; a schema without properties takes nothing
     */
    public static InputContract of(Map<String, ?> inputSchema) {
        Set<String> inline = new LinkedHashSet<>();
        Set<String> files = new LinkedHashSet<>();
        Map<String, Object> inlineProperties = new LinkedHashMap<>();
        if (inputSchema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, schema) -> {
                if (!(name instanceof String key) || schema == null) {
                    return;
                }
                if (schema instanceof Map<?, ?> property && INLINE.equals(property.get(SOURCE))) {
                    inline.add(key);
                    inlineProperties.put(key, schema);
                } else {
                    files.add(key);
                }
            });
        }
        List<Object> requiredInline = new ArrayList<>();
        Set<String> requiredFiles = new LinkedHashSet<>();
        if (inputSchema.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (name instanceof String key && files.contains(key)) {
                    requiredFiles.add(key);
                } else if (name instanceof String key) {
                    requiredInline.add(key);
                }
            }
        }
        Map<String, Object> inlineSchema = new LinkedHashMap<>();
        inputSchema.forEach((key, value) -> {
            if (value != null) {
                inlineSchema.put(key, value);
            }
        });
        inlineSchema.put("properties", inlineProperties);
        inlineSchema.put("required", requiredInline);
        boolean others =
                inputSchema.get("additionalProperties") instanceof Map<?, ?> other && FILE.equals(other.get(SOURCE));
        return new InputContract(inline, files, requiredFiles, others, inlineSchema);
    }
}
