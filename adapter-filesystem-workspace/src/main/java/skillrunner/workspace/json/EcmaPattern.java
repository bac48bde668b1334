package skillrunner.workspace.json;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Says a regular expression of ECMA-262, the dialect of JSON Schema, in that of the JDK. What both read alike stays as it is,
 * and what only the JDK knows is let through. Used once, by one thread.
 */
final class EcmaPattern {
    /** Ends with a class of its own, so that a hyphen behind it is no range. */
    private static final String WHITE_SPACE =
            "\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}" + "\\x{205F}\\x{3000}\\x{FEFF}\\x{B}\\s";

    /** Escapes with a meaning of their own in the JDK's dialect that authors use by that meaning. */
    private static final String PASSED_ON = "dDwWbBtnrfAzZGkQE";

    private static final Map<String, String> CATEGORIES = Map.ofEntries(
            Map.entry("Letter", "L"),
            Map.entry("Uppercase_Letter", "Lu"),
            Map.entry("Lowercase_Letter", "Ll"),
            Map.entry("Titlecase_Letter", "Lt"),
            Map.entry("Modifier_Letter", "Lm"),
            Map.entry("Other_Letter", "Lo"),
            Map.entry("Cased_Letter", "LC"),
            Map.entry("Mark", "M"),
            Map.entry("Nonspacing_Mark", "Mn"),
            Map.entry("Spacing_Mark", "Mc"),
            Map.entry("Enclosing_Mark", "Me"),
            Map.entry("Number", "N"),
            Map.entry("Decimal_Number", "Nd"),
            Map.entry("digit", "Nd"),
            Map.entry("Letter_Number", "Nl"),
            Map.entry("Other_Number", "No"),
            Map.entry("Punctuation", "P"),
            Map.entry("punct", "P"),
            Map.entry("Connector_Punctuation", "Pc"),
            Map.entry("Dash_Punctuation", "Pd"),
            Map.entry("Open_Punctuation", "Ps"),
            Map.entry("Close_Punctuation", "Pe"),
            Map.entry("Initial_Punctuation", "Pi"),
            Map.entry("Final_Punctuation", "Pf"),
            Map.entry("Other_Punctuation", "Po"),
            Map.entry("Symbol", "S"),
            Map.entry("Math_Symbol", "Sm"),
            Map.entry("Currency_Symbol", "Sc"),
            Map.entry("Modifier_Symbol", "Sk"),
            Map.entry("Other_Symbol", "So"),
            Map.entry("Separator", "Z"),
            Map.entry("Space_Separator", "Zs"),
            Map.entry("Line_Separator", "Zl"),
            Map.entry("Paragraph_Separator", "Zp"),
            Map.entry("Other", "C"),
            Map.entry("Control", "Cc"),
            Map.entry("Format", "Cf"),
            Map.entry("Surrogate", "Cs"),
            Map.entry("Private_Use", "Co"),
            Map.entry("Unassigned", "Cn"));

    private final String text;
    private final StringBuilder java = new StringBuilder();
    private final Map<String, String> groups = new HashMap<>();
    private int at;

    private EcmaPattern(String text) {
        this.text = text;
    }

    /**
     * Compiles a pattern.
     *
     * @param text the pattern as ECMA-262 writes it
     * @return what finds the same
     * @throws PatternSyntaxException if it is none
     */
    static Pattern compile(String text) {
        return Pattern.compile(new EcmaPattern(text).translated());
    }

    /**
     * Tells what is wrong with a pattern.
     *
     * @param text the pattern
     * @return a clause with the place, from 1; empty if it can be used
     */
    static Optional<String> fault(String text) {
        try {
            compile(text);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            String place = e.getIndex() < 0 ? "" : " near character " + Math.min(text.length(), e.getIndex() + 1);
            return Optional.of(
                    e.getDescription().startsWith("Look-behind")
                            ? "a look-behind must have a longest match" + place
                            : "a bracket, an escape or a repetition is not complete or not allowed" + place);
        } catch (StackOverflowError e) {
            return Optional.of("it is nested too deeply");
        }
    }

    private String translated() {
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '\\' -> escape(false);
                case '[' -> characterClass();
                case '$' -> replace("\\z", 1);
                case '.' -> replace("[^\\n\\r\\x{2028}\\x{2029}]", 1);
                case '{' ->
                    replace(
                            Pattern.compile("\\{\\d+(?:,\\d*)?\\}")
                                            .matcher(text)
                                            .region(at, text.length())
                                            .lookingAt()
                                    ? "{"
                                    : "\\{",
                            1);
                case '(' -> group();
                default -> replace(String.valueOf(c), 1);
            }
        }
        return java.toString();
    }

    private void replace(String by, int characters) {
        java.append(by);
        at += characters;
    }

    /** A name may hold letters that the JDK does not allow in one. */
    private void group() {
        boolean named = text.startsWith("(?<", at) && at + 3 < text.length() && "=!".indexOf(text.charAt(at + 3)) < 0;
        int end = named ? text.indexOf('>', at) : -1;
        if (end < 0) {
            replace("(", 1);
        } else {
            replace("(?<" + plainName(text.substring(at + 3, end)) + ">", end + 1 - at);
        }
    }

    private String plainName(String name) {
        return groups.computeIfAbsent(name, key -> "g" + groups.size());
    }

    private void characterClass() {
        if (text.startsWith("[]", at)) {
            replace("(?!)", 2);
            return;
        }
        if (text.startsWith("[^]", at)) {
            replace("[\\s\\S]", 3);
            return;
        }
        replace("[", 1);
        if (at < text.length() && text.charAt(at) == '^') {
            replace("^", 1);
        }
        while (at < text.length() && text.charAt(at) != ']') {
            char c = text.charAt(at);
            if (c == '\\') {
                escape(true);
            } else if (c == '[' || c == '&' || (c == '^')) {
                replace("\\" + c, 1);
            } else {
                replace(String.valueOf(c), 1);
            }
        }
        if (at < text.length()) {
            replace("]", 1);
        }
    }

    private void escape(boolean inClass) {
        if (at + 1 >= text.length()) {
            replace("\\", 1);
            return;
        }
        char c = text.charAt(at + 1);
        switch (c) {
            case 's' -> replace(inClass ? WHITE_SPACE : "[" + WHITE_SPACE + "]", 2);
            case 'S' -> replace("[^" + WHITE_SPACE + "]", 2);
            case 'v' -> replace("\\x{B}", 2);
            case '0' -> replace("\\x{0}", 2);
            case 'b' -> replace(inClass ? "\\x{8}" : "\\b", 2);
            case 'c' -> control();
            case 'x' -> hex(2);
            case 'u' -> unicode();
            case 'p', 'P' -> property(c);
            case 'k' -> reference();
            default -> {
                boolean literal = Character.isLetter(c) && PASSED_ON.indexOf(c) < 0;
                replace(literal ? String.valueOf(c) : "\\" + c, 2);
            }
        }
    }

    private void control() {
        boolean letter =
                at + 2 < text.length() && String.valueOf(text.charAt(at + 2)).matches("[A-Za-z]");
        if (letter) {
            replace("\\x{" + Integer.toHexString(text.charAt(at + 2) % 32) + "}", 3);
        } else {
            replace("\\\\c", 2);
        }
    }

    private void hex(int digits) {
        int end = at + 2 + digits;
        boolean whole = end <= text.length() && text.substring(at + 2, end).matches("[0-9A-Fa-f]+");
        if (whole) {
            // Halves of a pair stay next to each other and so become one character.
            replace(digits == 4 ? text.substring(at, end) : "\\x{" + text.substring(at + 2, end) + "}", end - at);
        } else {
            replace(String.valueOf(text.charAt(at + 1)), 2);
        }
    }

    private void unicode() {
        int end = text.startsWith("{", at + 2) ? text.indexOf('}', at) : -1;
        if (end < 0) {
            hex(4);
        } else {
            replace("\\x{" + text.substring(at + 3, end) + "}", end + 1 - at);
        }
    }

    private void property(char kind) {
        int end = text.startsWith("{", at + 2) ? text.indexOf('}', at) : -1;
        if (end < 0) {
            replace(String.valueOf(kind), 2);
            return;
        }
        String name = text.substring(at + 3, end).replaceFirst("^(?:General_Category|gc)=", "");
        String script = name.replaceFirst("^(?:Script_Extensions|Script|scx|sc)=", "");
        String said;
        if (!script.equals(name)) {
            said = "Is" + script;
        } else if (CATEGORIES.containsKey(name)) {
            said = CATEGORIES.get(name);
        } else if (name.length() > 2 && !name.startsWith("Is") && !name.startsWith("In")) {
            said = "Is" + name;
        } else {
            said = name;
        }
        replace("\\" + kind + "{" + said + "}", end + 1 - at);
    }

    private void reference() {
        int end = text.startsWith("<", at + 2) ? text.indexOf('>', at) : -1;
        if (end < 0) {
            replace("k", 2);
        } else {
            replace("\\k<" + plainName(text.substring(at + 3, end)) + ">", end + 1 - at);
        }
    }
}
