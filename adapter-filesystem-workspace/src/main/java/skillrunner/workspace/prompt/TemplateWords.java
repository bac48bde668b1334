package skillrunner.workspace.prompt;

import java.util.Map;
import java.util.regex.Pattern;

/** Says what is wrong with a template in words of Jinja, where the engine of templates speaks of the classes that it is made of. */
final class TemplateWords {
    private static final Pattern CLASS = Pattern.compile(
            "(?:\\b(?:class|interface) )?\\b[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)+\\.([A-Z]\\w*)(?:\\$\\w+)*");
    private static final Pattern EXCEPTION = Pattern.compile("\\b[A-Z]\\w*(?:Exception|Error)\\b(: )?");
    private static final Map<String, String> KINDS = Map.of(
            "String", "a text",
            "Boolean", "a truth value",
            "Byte", "a number",
            "Short", "a number",
            "Integer", "a number",
            "Long", "a number",
            "Float", "a number",
            "Double", "a number",
            "BigInteger", "a number",
            "BigDecimal", "a number");

    private TemplateWords() {}

    /** Returns what the engine says without the names of classes. */
    static String of(String message) {
        String plain = CLASS.matcher(message).replaceAll(found -> kind(found.group(1)));
        return EXCEPTION.matcher(plain).replaceAll(found -> found.group(1) == null ? "an error" : "");
    }

    private static String kind(String name) {
        if (name.endsWith("Exception") || name.endsWith("Error")) {
            return name;
        }
        if (name.contains("Map")) {
            return "an object";
        }
        return name.contains("List") ? "a list" : KINDS.getOrDefault(name, "a value");
    }
}
