package skillrunner.workspace.skill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import skillrunner.application.json.JsonText;
import skillrunner.domain.skill.PackageFinding;
import skillrunner.domain.skill.PackageRules;

/** The YAML block at the head of a SKILL.md, and the text after it. */
final class FrontMatter {
    private static final Pattern OPENING = Pattern.compile("\\A\\uFEFF?---[ \\t]*+(?:\\R|\\z)");
    private static final Pattern CLOSING = Pattern.compile("^---[ \\t]*+$", Pattern.MULTILINE);
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final String REMEDY =
            "begin the file with '---', a line 'name: <id>', a line 'description: ...' and" + " '---'";
    private static final String MUST_DEFINE_NAME = "SKILL.md must define frontmatter name: ";

    /** A description of more characters is passed over by some engines. */
    private static final int LONGEST_DESCRIPTION = 1_024;

    private static final int MOST_LEVELS = 50;

    private final Map<String, Object> values;
    private final String body;

    private FrontMatter(Map<String, Object> values, String body) {
        this.values = values;
        this.body = body;
    }

    /**
     * Reads a SKILL.md.
     *
     * @param text the whole file
     * @return the front matter; its name is a text that is not blank
     * @throws UnreadableSkillException with the finding if there is none that an engine could read
     */
    static FrontMatter read(String text) {
        Matcher opening = OPENING.matcher(text);
        Matcher closing = CLOSING.matcher(text);
        if (!opening.find()) {
            throw finding(1, 1, MUST_DEFINE_NAME + "the first line is not '---'", REMEDY);
        }
        if (!closing.find(opening.end())) {
            throw finding(1, 1, MUST_DEFINE_NAME + "no line '---' ends the block that the first line begins", REMEDY);
        }
        Map<String, Object> values = values(text.substring(opening.end(), closing.start()));
        if (!values.containsKey("name")) {
            throw finding(1, 1, MUST_DEFINE_NAME + "there is no key 'name'", REMEDY);
        }
        if (!(values.get("name") instanceof String name && !name.isBlank())) {
            throw finding(
                    1,
                    1,
                    MUST_DEFINE_NAME + "the name is not a text",
                    "put the name in quotes, for instance name: \"7\"");
        }
        return new FrontMatter(values, text.substring(closing.end()));
    }

    /** The name it gives its skill. */
    String name() {
        return String.valueOf(values.get("name"));
    }

    /** What it says its skill is for, in one line; empty if it says nothing. */
    String description() {
        return values.get("description") instanceof String description
                ? description.strip().replaceAll("\\s+", " ")
                : "";
    }

    /** The version of its skill ({@code metadata.version}), if it says one. */
    Optional<String> version() {
        return values.get("metadata") instanceof Map<?, ?> metadata
                        && (metadata.get("version") instanceof String || metadata.get("version") instanceof Number)
                ? Optional.of(String.valueOf(metadata.get("version")))
                : Optional.empty();
    }

    /**
     * Writes the whole file anew in the form that every engine reads: UTF-8 without a mark, LF, bare {@code ---} lines, name
     * and description always there. Values are written as JSON, which means the same to every reader of YAML.
     *
     * @param name the name that engines are to know the skill by
     * @param usualDescription stands in where the file has no description
     * @param json writes the values
     * @return the text
     */
    String normal(String name, String usualDescription, JsonText json) {
        Map<String, Object> written = new LinkedHashMap<>();
        String description = description().isEmpty() ? usualDescription : description();
        written.put("name", name);
        written.put("description", cut(description));
        values.forEach(written::putIfAbsent);
        StringBuilder block = new StringBuilder("---\n");
        written.forEach((key, value) -> block.append(PLAIN_KEY.matcher(key).matches() ? key : json.canonical(key))
                .append(": ")
                .append(json.canonical(value))
                .append('\n'));
        return block.append("---")
                .append(body.replace("\r\n", "\n").replace('\r', '\n'))
                .toString();
    }

    private static String cut(String description) {
        return description.codePointCount(0, description.length()) <= LONGEST_DESCRIPTION
                ? description
                : description.substring(0, description.offsetByCodePoints(0, LONGEST_DESCRIPTION - 1)) + "…";
    }

    private static Map<String, Object> values(String block) {
        Object read;
        try {
            read = new Load(LoadSettings.builder()
                            .setAllowDuplicateKeys(false)
                            .setMaxAliasesForCollections(20)
                            .build())
                    .loadFromString(block);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            throw finding(
                    2 + mark.map(Mark::getLine).orElse(0),
                    1 + mark.map(Mark::getColumn).orElse(0),
                    "the front matter is not YAML: " + YamlFault.explain(e),
                    "put a text that holds ': ' or ' #', or begins with one of \" ' @ ` % & * ! | > [ {, in quotes");
        } catch (YamlEngineException | StackOverflowError e) {
            throw finding(
                    2,
                    1,
                    "the front matter is not YAML: it holds a control character, a broken one or a structure that is"
                            + " far too large",
                    "write plain keys with plain texts");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        if (!(read instanceof Map<?, ?> map)) {
            throw finding(2, 1, MUST_DEFINE_NAME + "the front matter is not a list of keys and values", REMEDY);
        }
        if (!isFlat(map, MOST_LEVELS)) {
            throw finding(2, 1, "the front matter is nested too deeply", "write plain keys with plain texts");
        }
        map.forEach((key, value) -> {
            if (value != null) {
                values.put(String.valueOf(key), keyedByTexts(value));
            }
        });
        return values;
    }

    /** YAML knows keys of any kind, also side by side; JSON only texts. */
    private static @Nullable Object keyedByTexts(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> texts = new LinkedHashMap<>();
            map.forEach((key, part) -> texts.put(String.valueOf(key), keyedByTexts(part)));
            return texts;
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> texts = new ArrayList<>();
            list.forEach(part -> texts.add(keyedByTexts(part)));
            return texts;
        }
        return value;
    }

    /** An alias can make a value a part of itself. */
    private static boolean isFlat(@Nullable Object value, int levels) {
        Collection<?> parts =
                value instanceof Map<?, ?> map ? map.values() : value instanceof Collection<?> list ? list : List.of();
        return levels > 0 && parts.stream().allMatch(part -> isFlat(part, levels - 1));
    }

    private static UnreadableSkillException finding(int line, int column, String message, String remedy) {
        return new UnreadableSkillException(
                new PackageFinding(PackageRules.SKILL_MD, "", message, remedy).at(line, column));
    }
}
