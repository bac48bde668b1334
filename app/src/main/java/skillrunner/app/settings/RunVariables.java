package skillrunner.app.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skillrunner.domain.run.RunQuota;
import skillrunner.domain.run.SlotPolicy;
import skillrunner.embedding.settings.MachineProbe;
import skillrunner.embedding.settings.RunLimits;

/**
 * Limits of runs as the environment has them.
 *
 * @param slots how the number of slots is found
 * @param maxQueued how many runs may wait
 * @param hardTimeoutSeconds how long a turn may take
 * @param sessionTimeoutSeconds how long a question waits
 * @param quota how much a run may take of the machine
 * @param warnings values that could not be used and were replaced by their defaults
 */
public record RunVariables(
        SlotPolicy slots,
        int maxQueued,
        int hardTimeoutSeconds,
        int sessionTimeoutSeconds,
        RunQuota quota,
        List<String> warnings) {

    private static final Variable HARD_TIMEOUT = new Variable(
            "SKILL_RUNNER_ENGINE_HARD_TIMEOUT_SECONDS",
            "`1200`",
            "How long one turn of an engine may take, unless the request says otherwise.");
    private static final Variable SESSION_TIMEOUT = new Variable(
            "SKILL_RUNNER_SESSION_TIMEOUT_SEC",
            "`1200`",
            "How long a question waits for its reply, unless the request says otherwise.");
    private static final Variable HARD_CAP =
            new Variable("SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", "`16`", "Never more runs at once than this.");
    private static final Variable QUEUE_SIZE = new Variable(
            "SKILL_RUNNER_MAX_QUEUE_SIZE", "`128`", "How many runs may wait for a slot; more are answered with 429.");
    private static final Variable CPU_FACTOR =
            new Variable("SKILL_RUNNER_CPU_FACTOR", "`0.75`", "Runs at once for each processor.");
    private static final Variable MEM_RESERVE =
            new Variable("SKILL_RUNNER_MEM_RESERVE_MB", "`1024`", "Memory that stays free, in MiB.");
    private static final Variable MEM_PER_RUN = new Variable(
            "SKILL_RUNNER_ESTIMATED_MEM_PER_RUN_MB", "`1024`", "Memory one run is expected to take, in MiB.");
    private static final Variable FD_RESERVE =
            new Variable("SKILL_RUNNER_FD_RESERVE", "`256`", "File descriptors that stay free.");
    private static final Variable FD_PER_RUN =
            new Variable("SKILL_RUNNER_ESTIMATED_FD_PER_RUN", "`64`", "File descriptors one run is expected to take.");
    private static final Variable PID_RESERVE =
            new Variable("SKILL_RUNNER_PID_RESERVE", "`128`", "Processes that stay free.");
    private static final Variable PID_PER_RUN =
            new Variable("SKILL_RUNNER_ESTIMATED_PID_PER_RUN", "`1`", "Processes one run is expected to take.");
    private static final Variable FALLBACK = new Variable(
            "SKILL_RUNNER_FALLBACK_MAX_CONCURRENT", "`2`", "Runs at once if the machine can't be measured.");

    private static final Variable OUTPUT_MAX = new Variable(
            "SKILL_RUNNER_RUN_OUTPUT_MAX_BYTES",
            "`8589934592` (8 GiB)",
            "What a run may write to standard output and standard error together; 0 for any amount.");
    private static final Variable WORKSPACE_MAX = new Variable(
            "SKILL_RUNNER_RUN_WORKSPACE_MAX_BYTES",
            "`17179869184` (16 GiB)",
            "What the files of a run's workspace may hold together; 0 for any amount. No single file that a run writes may become"
                    + " larger than this limit or the one of the output, whichever is greater, if both are set.");
    private static final Variable FILES_MAX = new Variable(
            "SKILL_RUNNER_RUN_FILES_MAX",
            "`500000`",
            "How many files, folders and links a run's workspace may hold; 0 for any number.");
    private static final Variable PROCESSES_MAX = new Variable(
            "SKILL_RUNNER_RUN_PROCESSES_MAX", "`1000`", "How many processes a run may have at once; 0 for any number.");
    private static final Variable MEMORY_MAX = new Variable(
            "SKILL_RUNNER_RUN_MEMORY_MAX_MB",
            "`0`",
            "How much memory the processes of a run may hold together, in MiB, without what they share; 0 for any amount.");

    private static final long MEBIBYTE = 1L << 20;

    static final List<Variable> VARIABLES = List.of(
            OUTPUT_MAX,
            WORKSPACE_MAX,
            FILES_MAX,
            PROCESSES_MAX,
            MEMORY_MAX,
            HARD_TIMEOUT,
            SESSION_TIMEOUT,
            HARD_CAP,
            QUEUE_SIZE,
            CPU_FACTOR,
            MEM_RESERVE,
            MEM_PER_RUN,
            FD_RESERVE,
            FD_PER_RUN,
            PID_RESERVE,
            PID_PER_RUN,
            FALLBACK);

    static RunVariables read(EnvironmentReader reader) {
        List<String> warnings = new ArrayList<>();
        SlotPolicy usual = SlotPolicy.DEFAULT;
        RunQuota quota = RunLimits.QUOTA;
        SlotPolicy slots = new SlotPolicy(
                (int) Math.max(1, lenient(reader, HARD_CAP, usual.hardCap(), warnings)),
                lenient(reader, CPU_FACTOR, usual.cpuFactor(), warnings),
                (long) lenient(reader, MEM_RESERVE, (double) usual.memoryReserveMb(), warnings),
                (long) lenient(reader, MEM_PER_RUN, (double) usual.memoryPerRunMb(), warnings),
                (long) lenient(reader, FD_RESERVE, (double) usual.descriptorReserve(), warnings),
                (long) lenient(reader, FD_PER_RUN, (double) usual.descriptorsPerRun(), warnings),
                (long) lenient(reader, PID_RESERVE, (double) usual.processReserve(), warnings),
                (long) lenient(reader, PID_PER_RUN, (double) usual.processesPerRun(), warnings),
                (int) lenient(reader, FALLBACK, usual.fallback(), warnings));
        return new RunVariables(
                slots,
                (int) Math.max(1, lenient(reader, QUEUE_SIZE, RunLimits.MAX_QUEUED, warnings)),
                (int) reader.number(HARD_TIMEOUT, RunLimits.TIMEOUT_SECONDS, 1, Integer.MAX_VALUE),
                (int) reader.number(SESSION_TIMEOUT, RunLimits.TIMEOUT_SECONDS, 1, Integer.MAX_VALUE),
                new RunQuota(
                        reader.number(OUTPUT_MAX, quota.outputBytes(), 0, Long.MAX_VALUE),
                        reader.number(WORKSPACE_MAX, quota.workspaceBytes(), 0, Long.MAX_VALUE),
                        reader.number(FILES_MAX, quota.workspaceFiles(), 0, Long.MAX_VALUE),
                        reader.number(PROCESSES_MAX, quota.processes(), 0, Long.MAX_VALUE),
                        reader.number(MEMORY_MAX, quota.memoryBytes() / MEBIBYTE, 0, Long.MAX_VALUE / MEBIBYTE)
                                * MEBIBYTE),
                List.copyOf(warnings));
    }

    /**
     * Settles how many slots there are.
     *
     * @return the limits on this machine
     */
    RunLimits settle() {
        return new RunLimits(
                slots.slots(MachineProbe.measure()), maxQueued, hardTimeoutSeconds, sessionTimeoutSeconds, quota);
    }

    private static double lenient(EnvironmentReader reader, Variable variable, double fallback, List<String> warnings) {
        Optional<String> text = reader.text(variable);
        Optional<Double> number = reader.lenientNumber(variable);
        if (text.isPresent() && number.isEmpty()) {
            warnings.add(
                    variable.name() + "=" + text.get() + " is not a number; " + variable.defaultText() + " is used");
        }
        return number.orElse(fallback);
    }
}
