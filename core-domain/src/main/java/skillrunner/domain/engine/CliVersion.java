package skillrunner.domain.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Version of a CLI, as it was detected or as a list of models names it. Its form lets it neither be a path nor hold
 * anything a page would have to escape.
 *
 * @param text 1 to 64 letters, digits, dots, dashes and plus signs
 */
public record CliVersion(String text) {
    /**
     * Oldest first: numbers by value and of any length, {@code 1.2} like {@code 1.2.0}, a pre-release below its release by
     * the rules of SemVer, what stands after a plus sign ignored, and what is no version below everything.
     */
    public static final Comparator<String> ORDER = CliVersion::compare;

    private static final int MAX_LENGTH = 64;
    private static final int MAX_MAJOR_DIGITS = 9;
    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z.+-]{1," + MAX_LENGTH + "}");
    private static final Pattern ORDERED =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)*)(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+.*)?");
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+(\\.[0-9]+)+");

    /** Refuses any other form. */
    public CliVersion {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a version");
        }
    }

    /**
     * Reads a version.
     *
     * @param text any text
     * @return the version, or empty if the text does not have the form
     */
    public static Optional<CliVersion> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new CliVersion(text)) : Optional.empty();
    }

    /**
     * Returns the first number of the version.
     *
     * @return the major version, or empty if this begins with no number or with one that is no major version of anything
     */
    public Optional<Integer> major() {
        int end = digits(text, 0);
        return end == 0 || end > MAX_MAJOR_DIGITS
                ? Optional.empty()
                : Optional.of(Integer.valueOf(text.substring(0, end)));
    }

    /**
     * Tells whether a text has a place in {@link #ORDER} beside other versions.
     *
     * @param text any text
     * @return false for what is no version
     */
    public static boolean isOrdered(String text) {
        return text.length() <= MAX_LENGTH && ORDERED.matcher(text).matches();
    }

    /**
     * Tells whether this may be part of a file's name: numbers joined by dots.
     *
     * @return false for a single number, a suffix or a word
     */
    public boolean isFileName() {
        return NUMBERS.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }

    /** Finds the first numbers joined by dots. By hand, since a CLI may print anything of any length and this takes linear time and no stack. */
    static Optional<String> firstNumbers(String output) {
        int at = 0;
        while (at < output.length()) {
            int end = digits(output, at);
            if (end == at) {
                at++;
                continue;
            }
            int start = at;
            int numbers = 1;
            while (end < output.length() && output.charAt(end) == '.' && digits(output, end + 1) > end + 1) {
                end = digits(output, end + 1);
                numbers++;
            }
            if (numbers > 1) {
                return Optional.of(output.substring(start, end));
            }
            at = end;
        }
        return Optional.empty();
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int compare(String left, String right) {
        boolean leftIs = isOrdered(left);
        boolean rightIs = isOrdered(right);
        if (!leftIs || !rightIs) {
            return Boolean.compare(leftIs, rightIs);
        }
        Matcher a = ORDERED.matcher(left);
        Matcher b = ORDERED.matcher(right);
        if (!a.matches() || !b.matches()) {
            throw new IllegalStateException("both were ordered");
        }
        int byNumbers = compareNumbers(numbers(a.group(1)), numbers(b.group(1)));
        return byNumbers != 0 ? byNumbers : comparePreReleases(a.group(2), b.group(2));
    }

    private static List<BigInteger> numbers(String core) {
        List<BigInteger> numbers = new ArrayList<>();
        for (String part : core.split("\\.")) {
            numbers.add(new BigInteger(part));
        }
        return numbers;
    }

    private static int compareNumbers(List<BigInteger> left, List<BigInteger> right) {
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            BigInteger a = i < left.size() ? left.get(i) : BigInteger.ZERO;
            BigInteger b = i < right.size() ? right.get(i) : BigInteger.ZERO;
            if (!a.equals(b)) {
                return a.compareTo(b);
            }
        }
        return 0;
    }

    private static int comparePreReleases(@Nullable String left, @Nullable String right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        String[] a = left.split("\\.");
        String[] b = right.split("\\.");
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int order = compareIdentifiers(a[i], b[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }

    /** A number stands below a word. */
    private static int compareIdentifiers(String left, String right) {
        boolean leftIsNumber = digits(left, 0) == left.length();
        boolean rightIsNumber = digits(right, 0) == right.length();
        if (leftIsNumber && rightIsNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return leftIsNumber == rightIsNumber ? left.compareTo(right) : leftIsNumber ? -1 : 1;
    }
}
