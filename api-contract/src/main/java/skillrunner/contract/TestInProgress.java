package skillrunner.contract;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which class of tests runs in this process, if any. Knows nothing of what runs tests, for fuzzers run without it as well. */
final class TestInProgress {
    private static volatile @Nullable String name;
    private static volatile boolean byChance;

    private TestInProgress() {}

    static void begin(String tests) {
        name = tests;
    }

    /** Whether what it is answered is a matter of chance. */
    static void byChance(boolean chance) {
        byChance = chance;
    }

    static boolean isByChance() {
        return byChance;
    }

    /** What runs, if its answers are the same in each build. */
    static Optional<String> whoseAnswersCount() {
        return byChance ? Optional.empty() : Optional.ofNullable(name);
    }
}
