package skillrunner.manifest;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Orders the versions of snapshots: numbers by value and of any length, {@code 1.2} like {@code 1.2.0}, a pre-release
 * below its release, and what is no version below everything.
 */
final class SnapshotVersion {
    /** Oldest first. */
    static final Comparator<String> ORDER = SnapshotVersion::compare;

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)*)(?:-([0-9A-Za-z.-]+))?(?:\\+.*)?");

    private SnapshotVersion() {}

    private static int compare(String left, String right) {
        Matcher a = FORM.matcher(left);
        Matcher b = FORM.matcher(right);
        boolean leftIs = a.matches();
        boolean rightIs = b.matches();
        if (!leftIs || !rightIs) {
            return Boolean.compare(leftIs, rightIs);
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
        boolean leftIsNumber = left.matches("\\d+");
        boolean rightIsNumber = right.matches("\\d+");
        if (leftIsNumber && rightIsNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return leftIsNumber == rightIsNumber ? left.compareTo(right) : leftIsNumber ? -1 : 1;
    }
}
