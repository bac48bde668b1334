package skillrunner.domain.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.domain.problem.Excerpt;

/**
 * Hides secrets in the arguments of a command before anybody is shown them. What is named like a secret, looks like one or is
 * the value of a secret variable is replaced by {@value #MASK}; what is hidden needlessly costs less than what is shown.
 */
public final class SecretMask {
    /** Stands in the place of a secret. */
    public static final String MASK = "***";

    private static final int LONGEST_ARGUMENT = 2_000;

    /** A shorter value is no secret that anybody could keep, and would hide half of what stands around it. */
    private static final int SHORTEST_SECRET = 6;

    /** A name, as an option, a key of TOML or JSON, a variable or an HTTP header, before what it names. */
    private static final Pattern NAMED =
            Pattern.compile("(?<![A-Za-z0-9_.-])([A-Za-z0-9_.-]{1,200}+)[\"']?\\s{0,4}+[=:]\\s{0,4}+");

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*?(?:token|tokens|secret|secrets|password|passwd|passphrase|credential|credentials|authorization|bearer"
                    + "|cookie|apikey|[a-z0-9][_.-]?key)");

    /** Names that end like a secret and hold the name of a variable, a number or a file's. */
    private static final Set<String> HARMLESS = Set.of("env_key", "max_tokens", "max_output_tokens");

    private static final Pattern HARMLESS_VALUE = Pattern.compile("true|false|[0-9.]{1,12}");

    private static final List<Pattern> SHAPES = List.of(
            Pattern.compile("(?i)(?<=\\bbearer )[A-Za-z0-9._~+/=-]{6,}+"),
            Pattern.compile("(?i)(?<=\\bbasic )[A-Za-z0-9+/=]{8,}+"),
            Pattern.compile("\\bsk-[A-Za-z0-9_-]{12,}+"),
            Pattern.compile("\\bgh[a-z]_[A-Za-z0-9]{16,}+"),
            Pattern.compile("\\bgithub_pat_[A-Za-z0-9_]{16,}+"),
            Pattern.compile("\\bxox[a-z]-[A-Za-z0-9-]{10,}+"),
            Pattern.compile("\\bAIza[A-Za-z0-9_-]{20,}+"),
            Pattern.compile("\\bAKIA[A-Z0-9]{12,}+"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{8,}+(?:\\.[A-Za-z0-9_-]*+)?"),
            Pattern.compile("(?<=://)[^/@\\s\"']{1,200}+(?=@)"));

    private SecretMask() {}

    /**
     * Finds the values that must not be seen.
     *
     * @param variables the environment of a process
     * @return values of the variables whose names are those of secrets
     */
    public static Set<String> secretsAmong(Map<String, String> variables) {
        Set<String> secrets = new TreeSet<>();
        variables.forEach((name, value) -> {
            if (isSecret(name) && value.length() >= SHORTEST_SECRET) {
                secrets.add(value);
            }
        });
        return secrets;
    }

    /**
     * Hides the secrets in arguments and cuts what is very long.
     *
     * @param arguments the arguments after the program
     * @param secrets values that must not be seen wherever they stand
     * @return as many arguments
     */
    public static List<String> masked(List<String> arguments, Collection<String> secrets) {
        List<String> masked = new ArrayList<>();
        boolean named = false;
        for (String argument : arguments) {
            masked.add(
                    named && !argument.startsWith("-")
                            ? MASK
                            : Excerpt.of(masked(argument, secrets), LONGEST_ARGUMENT));
            named = argument.startsWith("-") && isSecret(argument.replaceFirst("^-+", ""));
        }
        return masked;
    }

    private static String masked(String argument, Collection<String> secrets) {
        String text = argument;
        for (String secret : secrets) {
            text = text.replace(secret, MASK);
        }
        text = withoutNamed(text);
        for (Pattern shape : SHAPES) {
            text = shape.matcher(text).replaceAll(MASK);
        }
        return text;
    }

    private static String withoutNamed(String text) {
        StringBuilder kept = new StringBuilder();
        Matcher name = NAMED.matcher(text);
        int from = 0;
        while (name.find(from)) {
            int end = endOfValue(text, name.end());
            String value = text.substring(name.end(), end);
            boolean hides = isSecret(name.group(1))
                    && !value.isEmpty()
                    && !HARMLESS_VALUE.matcher(value).matches();
            kept.append(text, from, name.end());
            from = name.end();
            if (hides) {
                kept.append(MASK);
                from = end;
            }
        }
        return kept.append(text, from, text.length()).toString();
    }

    /** A quoted value ends with its quote, a list or an object with its bracket, any other where a value could not go on. */
    private static int endOfValue(String text, int start) {
        if (start == text.length()) {
            return start;
        }
        char first = text.charAt(start);
        if (first == '"' || first == '\'') {
            return endOfQuoted(text, start);
        }
        if (first == '[' || first == '{') {
            return endOfNested(text, start);
        }
        int end = start;
        while (end < text.length() && "\n\r,;}]\"'".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static int endOfQuoted(String text, int start) {
        char quote = text.charAt(start);
        int end = start + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' && quote == '"' ? 2 : 1;
        }
        return Math.min(end + 1, text.length());
    }

    private static int endOfNested(String text, int start) {
        int depth = 0;
        int end = start;
        while (end < text.length()) {
            char next = text.charAt(end);
            if (next == '"' || next == '\'') {
                end = endOfQuoted(text, end);
                continue;
            }
            depth += next == '[' || next == '{' ? 1 : next == ']' || next == '}' ? -1 : 0;
            end++;
            if (depth == 0) {
                return end;
            }
        }
        return end;
    }

    private static boolean isSecret(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !HARMLESS.contains(last) && SECRET_NAME.matcher(name).matches();
    }
}
