package skillrunner.workspace.skill;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        Matcher block = BLOCK.matcher(text);
        if (block.find()) {
            try {
                Object root = YAML.readValue(block.group(1), Object.class);
                if (root instanceof Map<?, ?> map && map.get("name") instanceof String name && !name.isBlank()) {
                    return name;
                }
            } catch (JacksonException e) {
                // Broken YAML gets the same message as a missing name.
            }
        }
        throw new UnreadableSkillException("SKILL.md must define frontmatter name");
    }
}
