package skillrunner.contract.fuzz;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of asking.
 *
 * @param seed from which it can be done again
 * @param requests how many were sent
 * @param statuses how many answers had each status
 * @param reached how many pairs of operation and status were seen
 * @param described how many the document has
 * @param findings what was wrong, each kind once, with the request
 */
public record FuzzReport(
        long seed, long requests, Map<Integer, Long> statuses, int reached, int described, List<String> findings) {
    /** Copies the collections. */
    public FuzzReport {
        statuses = Map.copyOf(statuses);
        findings = List.copyOf(findings);
    }

    /**
     * Sums it up.
     *
     * @return one line
     */
    public String summary() {
        return requests + " requests (seed " + seed + "), statuses " + new TreeMap<>(statuses) + ", " + reached + " of "
                + described + " statuses of operations, " + findings.size() + " findings";
    }
}
