package skillrunner.workspace.json;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of a schema, as ECMA-262 writes it, matched by the JDK's engine and given up when its thread is interrupted.
 * Safe for concurrent use.
 */
final class SchemaPattern implements RegularExpression {
    /** A group's name, where it is given and where it is used; ECMA-262 allows letters that Java does not. */
    private static final Pattern NAME = Pattern.compile("(?<lead>\\(\\?|\\\\k)<(?<name>[\\p{L}$_][\\p{L}\\p{N}$_]*)>");

    private final Pattern pattern;

    /**
     * Reads a pattern.
     *
     * @param text the pattern
     * @throws java.util.regex.PatternSyntaxException if it is none
     */
    SchemaPattern(String text) {
        this.pattern = Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(
                RegularExpressions.replaceDollarAnchors(withPlainNames(text))));
    }

    @Override
    public boolean matches(String value) {
        return pattern.matcher(new InterruptibleText(value)).find();
    }

    private static String withPlainNames(String text) {
        Map<String, String> names = new LinkedHashMap<>();
        Matcher matcher = NAME.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(matcher.group("lead")
                + "<"
                + names.computeIfAbsent(matcher.group("name"), name -> "g" + names.size())
                + ">"));
    }
}
