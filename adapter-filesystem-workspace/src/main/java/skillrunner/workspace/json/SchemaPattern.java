package skillrunner.workspace.json;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A pattern of a schema, as ECMA-262 writes it, matched by the JDK's engine and given up when its thread is interrupted.
 * Safe for concurrent use.
 */
final class SchemaPattern implements RegularExpression {
    private final Pattern pattern;

    /**
     * Reads a pattern.
     *
     * @param text the pattern
     * @throws java.util.regex.PatternSyntaxException if it is none
     */
    SchemaPattern(String text) {
        this.pattern = EcmaPattern.compile(text);
    }

    @Override
    public boolean matches(String value) {
        return pattern.matcher(new InterruptibleText(value)).find();
    }
}
