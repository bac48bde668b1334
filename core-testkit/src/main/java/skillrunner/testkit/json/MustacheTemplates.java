package skillrunner.testkit.json;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.turn.PromptTemplates;

/** Replaces <code>{{ name }}</code> and <code>{{ name.key }}</code>, nothing else. Safe for concurrent use. */
public final class MustacheTemplates implements PromptTemplates {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([A-Za-z_.]+)\\s*}}");

    @Override
    public String render(String template, Map<String, Object> variables) {
        Matcher places = PLACE.matcher(template);
        StringBuilder text = new StringBuilder();
        while (places.find()) {
            places.appendReplacement(text, Matcher.quoteReplacement(value(places.group(1), variables)));
        }
        places.appendTail(text);
        if (PLACE.matcher(template).replaceAll("").contains("{{")) {
            throw new IllegalArgumentException("unclosed '{{'");
        }
        return text.toString();
    }

    private static String value(String path, Map<String, Object> variables) {
        @Nullable Object value = variables;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value == null ? "" : value.toString();
    }
}
