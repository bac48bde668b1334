package skillrunner.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Values of one quantity, in any order. */
final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    int count() {
        return values.size();
    }

    double median() {
        return at(0.5);
    }

    /** Returns the smallest value that at least this share of all values does not exceed. */
    double at(double share) {
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
    }
}
