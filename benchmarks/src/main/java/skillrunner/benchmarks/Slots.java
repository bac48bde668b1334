package skillrunner.benchmarks;

import java.util.Map;

/** Settings with which sixteen runs work at once whatever the machine has. */
final class Slots {
    static final int COUNT = 16;

    private Slots() {}

    static Map<String, String> settings() {
        return Map.of(
                "SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", Integer.toString(COUNT),
                "SKILL_RUNNER_CPU_FACTOR", Integer.toString(COUNT),
                "SKILL_RUNNER_MEM_RESERVE_MB", "1",
                "SKILL_RUNNER_ESTIMATED_MEM_PER_RUN_MB", "1",
                "SKILL_RUNNER_FD_RESERVE", "1",
                "SKILL_RUNNER_ESTIMATED_FD_PER_RUN", "1");
    }
}
