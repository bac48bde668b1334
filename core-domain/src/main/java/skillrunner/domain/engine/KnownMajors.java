package skillrunner.domain.engine;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The major versions of a CLI that somebody knows how to drive. A version that nobody can tell is driven: an unknown number
 * is no evidence, a known one that is not listed here is.
 *
 * @param majors the numbers; none means that every version is driven
 */
public record KnownMajors(Set<Integer> majors) {
    /** Every version. */
    public static final KnownMajors ALL = new KnownMajors(Set.of());

    /** Copies the numbers. */
    public KnownMajors {
        majors = Set.copyOf(majors);
    }

    /**
     * Lists numbers.
     *
     * @param majors at least one
     * @return the versions that begin with one of them
     */
    public static KnownMajors of(Integer... majors) {
        return new KnownMajors(Set.copyOf(Arrays.asList(majors)));
    }

    /**
     * Tells whether a version is driven.
     *
     * @param version what the CLI says of itself
     * @return false if its major version is told and is none of these
     */
    public boolean include(CliVersion version) {
        return majors.isEmpty() || version.major().map(majors::contains).orElse(true);
    }

    /** Lists the numbers for people, smallest first. */
    @Override
    public String toString() {
        return new TreeSet<>(majors).stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
