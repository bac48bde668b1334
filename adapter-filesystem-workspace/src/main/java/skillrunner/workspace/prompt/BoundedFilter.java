package skillrunner.workspace.prompt;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter that makes much of little, such as a text of a billion blanks of one number. It takes all of that in one step,
 * during which nobody can interrupt it, so what it is asked for is judged before. Safe for concurrent use.
 */
final class BoundedFilter implements Filter {
    private static final int MOST_WIDTH = 10_000;
    private static final long MOST_CHARACTERS = 4L * 1024 * 1024;

    /** A number of these says how much is made. */
    private static final Set<String> MADE_BY_NUMBER = Set.of("batch", "center", "indent", "round");

    /** They write out all the digits that a number with an exponent stands for. */
    private static final Set<String> MADE_OF_DIGITS = Set.of("add", "round", "sum");

    private static final Set<String> REPLACING = Set.of("regex_replace", "replace");
    private static final String FORMAT = "format";

    private static final Pattern WIDE = Pattern.compile("%[^%a-zA-Z]*[0-9]{5}");
    private static final Pattern MANY_DIGITS = Pattern.compile("[^eE]*[eE][+-]?0*[1-9][0-9]{3,}\\s*");

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");

    private final Filter filter;

    private BoundedFilter(Filter filter) {
        this.filter = filter;
    }

    /** Puts itself before the filters that need it. */
    static void bound(Context context) {
        List<Filter> needy = context.getAllFilters().stream()
                .filter(filter -> MADE_BY_NUMBER.contains(filter.getName())
                        || MADE_OF_DIGITS.contains(filter.getName())
                        || REPLACING.contains(filter.getName())
                        || filter.getName().equals(FORMAT))
                .toList();
        needy.forEach(filter -> context.registerFilter(new BoundedFilter(filter)));
    }

    @Override
    public String getName() {
        return filter.getName();
    }

    @Override
    public boolean preserveSafeString() {
        return filter.preserveSafeString();
    }

    @Override
    public @Nullable Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
        Optional<String> reason = objection(value, Arrays.asList((Object[]) arguments));
        return reason.isPresent() ? refuse(interpreter, reason.get()) : filter.filter(value, interpreter, arguments);
    }

    @Override
    public @Nullable Object filter(
            @Nullable Object value,
            JinjavaInterpreter interpreter,
            @Nullable Object[] arguments,
            Map<String, Object> named) {
        List<@Nullable Object> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(named.values());
        Optional<String> reason = objection(value, all);
        return reason.isPresent()
                ? refuse(interpreter, reason.get())
                : filter.filter(value, interpreter, arguments, named);
    }

    private Optional<String> objection(@Nullable Object value, List<@Nullable Object> arguments) {
        String name = getName();
        if (name.equals(FORMAT) && WIDE.matcher(String.valueOf(value)).find()) {
            return Optional.of("a width of more than four digits");
        }
        if (MADE_BY_NUMBER.contains(name) && widest(arguments) > MOST_WIDTH) {
            return Optional.of("a number above " + MOST_WIDTH);
        }
        if (MADE_OF_DIGITS.contains(name) && (hasManyDigits(value) || hasManyDigits(arguments))) {
            return Optional.of("a number of more than a thousand digits");
        }
        return characters(value, arguments) > MOST_CHARACTERS
                ? Optional.of("a text of more than " + MOST_CHARACTERS + " characters")
                : Optional.empty();
    }

    /** How long the text may become, where it grows by more than its parts together. */
    private long characters(@Nullable Object value, List<@Nullable Object> arguments) {
        String text = value instanceof CharSequence ? value.toString() : "";
        return switch (getName()) {
            case "replace" ->
                arguments.size() < 2
                        ? 0
                        : (long) count(text, String.valueOf(arguments.get(0)))
                                * String.valueOf(arguments.get(1)).length();
            case "regex_replace" ->
                arguments.size() < 2
                        ? 0
                        : (text.length() + 1L)
                                * String.valueOf(arguments.get(1)).length();
            case "indent" -> (count(text, "\n") + 1L) * widest(arguments);
            default -> 0;
        };
    }

    private static long widest(List<@Nullable Object> arguments) {
        return arguments.stream().mapToLong(BoundedFilter::width).max().orElse(0);
    }

    /** Filters take a number written as text for one; what is none stands for their default. */
    private static long width(@Nullable Object argument) {
        if (argument instanceof Number number) {
            return number.longValue();
        }
        String text = String.valueOf(argument);
        return WHOLE.matcher(text).matches() ? Long.parseLong(text) : 0;
    }

    private static int count(String text, String part) {
        if (part.isEmpty()) {
            return text.length() + 1;
        }
        int found = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            found++;
        }
        return found;
    }

    private static boolean hasManyDigits(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return hasManyDigits(map.values());
        }
        if (value instanceof Iterable<?> members) {
            for (Object member : members) {
                if (hasManyDigits(member)) {
                    return true;
                }
            }
            return false;
        }
        return value != null && MANY_DIGITS.matcher(String.valueOf(value)).matches();
    }

    private @Nullable Object refuse(JinjavaInterpreter interpreter, String reason) {
        interpreter.addError(BoundedInterpreter.overLimit(
                "the filter '" + getName() + "' is asked for too much: " + reason, interpreter.getLineNumber()));
        return null;
    }
}
