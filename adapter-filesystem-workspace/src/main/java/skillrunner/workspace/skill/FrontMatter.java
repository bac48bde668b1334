package skillrunner.workspace.skill;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The YAML block at the head of a SKILL.md. */
final class FrontMatter {
    private static final Pattern BLOCK =
            Pattern.compile("\\A\\uFEFF?---[ \\t]*\\R(.*?)^---[ \\t]*$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private FrontMatter() {}

    /**
     * Reads the name a SKILL.md gives its skill.
     *
     * @param text the whole file
     * @return the name
     * @throws UnreadableSkillException if there is none
     */
    static String name(String text) {
        if (value(text, "name") instanceof String name && !name.isBlank()) {
            return name;
        }
        throw new UnreadableSkillException("SKILL.md must define frontmatter name");
    }

    /**
     * Reads what a SKILL.md says its skill is for.
     *
     * @param text the whole file
     * @return the description in one line, or nothing
     */
    static String description(String text) {
        return value(text, "description") instanceof String description
                ? description.strip().replaceAll("\\s+", " ")
                : "";
    }

    private static @Nullable Object value(String text, String key) {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            return null;
        }
        try {
            return YAML.readValue(block.group(1), Object.class) instanceof Map<?, ?> map ? map.get(key) : null;
        } catch (JacksonException e) {
            // Broken YAML is as good as none.
            return null;
        }
    }
}
