package skillrunner.domain.run;

import java.util.OptionalLong;

/**
 * How many runs may work at once on a machine.
 *
 * @param hardCap never more than this
 * @param cpuFactor share of the processors
 * @param memoryReserveMb memory that stays free, in MiB
 * @param memoryPerRunMb memory one run is expected to take, in MiB
 * @param descriptorReserve file descriptors that stay free
 * @param descriptorsPerRun file descriptors one run is expected to take
 * @param processReserve processes that stay free
 * @param processesPerRun processes one run is expected to take
 * @param fallback used when the machine can't be measured
 */
public record SlotPolicy(
        int hardCap,
        double cpuFactor,
        long memoryReserveMb,
        long memoryPerRunMb,
        long descriptorReserve,
        long descriptorsPerRun,
        long processReserve,
        long processesPerRun,
        int fallback) {

    /** What the documentation promises. */
    public static final SlotPolicy DEFAULT = new SlotPolicy(16, 0.75, 1024, 1024, 256, 64, 128, 1, 2);

    /**
     * What was measured. An absent number is one the machine does not limit or does not tell.
     *
     * @param processors number of processors
     * @param availableMemoryMb available memory in MiB
     * @param descriptorLimit limit of open files of this process
     * @param processLimit limit of processes
     */
    public record Machine(
            int processors, OptionalLong availableMemoryMb, OptionalLong descriptorLimit, OptionalLong processLimit) {}

    /**
     * Counts the slots.
     *
     * @param machine what was measured
     * @return at least 1, at most the hard cap
     */
    public int slots(Machine machine) {
        if (machine.processors() < 1) {
            return Math.max(1, Math.min(fallback, hardCap));
        }
        long slots = Math.min(hardCap, (long) Math.floor(machine.processors() * cpuFactor));
        slots = Math.min(slots, share(machine.availableMemoryMb(), memoryReserveMb, memoryPerRunMb));
        slots = Math.min(slots, share(machine.descriptorLimit(), descriptorReserve, descriptorsPerRun));
        slots = Math.min(slots, share(machine.processLimit(), processReserve, processesPerRun));
        return (int) Math.max(1, slots);
    }

    private static long share(OptionalLong available, long reserve, long perRun) {
        return available.isEmpty()
                ? Long.MAX_VALUE
                : Math.floorDiv(available.getAsLong() - reserve, Math.max(1, perRun));
    }
}
