package skillrunner.domain.skill;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of a skill package. Two spellings of one version are equal: {@code 1.0} and {@code v1.0.0}, {@code 1.0.0-rc.1}
 * and {@code 1.0rc1}. What follows a {@code +} does not count. Safe as a single path segment.
 */
public final class SkillVersion implements Comparable<SkillVersion> {
    private static final int MOST_CHARACTERS = 128;
    private static final Pattern FORM = Pattern.compile(
            "v?([0-9]+(?:\\.[0-9]+)*)(?:[-._]?(alpha|beta|rc|a|b)(?:[-._]?([0-9]+))?)?(?:\\+[0-9a-z]+(?:[-._][0-9a-z]+)*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Map<String, Integer> TAGS = Map.of("a", 0, "alpha", 0, "b", 1, "beta", 1, "rc", 2);
    private static final int RELEASE = 3;
    private static final Comparator<SkillVersion> ORDER = Comparator.<SkillVersion, List<BigInteger>>comparing(
                    version -> version.numbers, SkillVersion::compareNumbers)
            .thenComparing(version -> version.stage)
            .thenComparing(version -> version.stageNumber);

    private final String text;
    private final List<BigInteger> numbers;
    private final int stage;
    private final BigInteger stageNumber;

    private SkillVersion(String text, Matcher parts) {
        this.text = text;
        List<BigInteger> read = new ArrayList<>();
        for (String number : parts.group(1).split("\\.", -1)) {
            read.add(new BigInteger(number));
        }
        while (read.size() > 1 && read.get(read.size() - 1).signum() == 0) {
            read.remove(read.size() - 1);
        }
        this.numbers = List.copyOf(read);
        String tag = parts.group(2);
        String number = parts.group(3);
        this.stage = tag == null ? RELEASE : Objects.requireNonNull(TAGS.get(tag.toLowerCase(Locale.ROOT)));
        this.stageNumber = number == null ? BigInteger.ZERO : new BigInteger(number);
    }

    /**
     * Reads a version: an optional {@code v}, numbers with dots, of which missing ones are 0, an optional {@code a}, {@code
     * alpha}, {@code b}, {@code beta} or {@code rc} with a number, and an optional build after {@code +}. At most 128
     * characters.
     *
     * @param text any text
     * @return the version, or empty if the text does not have the form
     */
    public static Optional<SkillVersion> parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(text);
        return parts.matches() ? Optional.of(new SkillVersion(text, parts)) : Optional.empty();
    }

    /**
     * Reads a version that is known to have the form.
     *
     * @param text the version
     * @return the version
     * @throws IllegalArgumentException for any other text
     */
    public static SkillVersion of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a version"));
    }

    /**
     * Returns the version as it was spelled.
     *
     * @return letters, digits and {@code . - _ +}
     */
    public String text() {
        return text;
    }

    @Override
    public int compareTo(SkillVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SkillVersion version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(numbers, stage, stageNumber);
    }

    @Override
    public String toString() {
        return text;
    }

    private static int compareNumbers(List<BigInteger> left, List<BigInteger> right) {
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int order = part(left, i).compareTo(part(right, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static BigInteger part(List<BigInteger> numbers, int index) {
        return index < numbers.size() ? numbers.get(index) : BigInteger.ZERO;
    }
}
