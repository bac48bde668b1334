package skillrunner.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import skillrunner.app.settings.RunVariables;
import skillrunner.domain.run.RunQuota;
import skillrunner.embedding.settings.ProcessSettings;
import skillrunner.embedding.settings.StorageSettings;
import skillrunner.embedding.storage.PrivateFolders;
import skillrunner.process.launch.RunIsolation;
import skillrunner.process.table.ProcessTable;

/** Looks at the JDK and the disk. */
final class MachineChecks {
    private static final int LEAST_JAVA = 17;
    private static final long ENOUGH_BYTES = 1L << 30;
    private static final double BYTES_PER_GIB = 1L << 30;

    private MachineChecks() {}

    static Check java() {
        int version = Runtime.version().feature();
        String detail = System.getProperty("java.version") + ", " + System.getProperty("java.home");
        return version >= LEAST_JAVA
                ? Check.ok("java", detail)
                : Check.problem("java", detail, "apt install openjdk-17-jdk-headless");
    }

    static Check runProcesses(ProcessSettings settings) {
        String name = "run processes";
        RunIsolation isolation = settings.pidNamespaces() ? RunIsolation.ofThisMachine() : RunIsolation.switchedOff();
        return switch (isolation.kind()) {
            case PID_NAMESPACE -> Check.ok(name, isolation.detail());
            case PROCESS_TREE ->
                Check.warning(
                        name,
                        isolation.detail(),
                        "give the server the right to make PID namespaces (docs/operations.md); without one, a process"
                                + " that sheds its marker, its session and its parents outlives its run");
        };
    }

    /** Where the kernel is not asked, a run is looked at once a second, and can take more between two looks. */
    static Check runLimits(RunVariables limits) {
        RunQuota quota = limits.quota();
        boolean counted = ProcessTable.ofThisMachine().tellsMemory();
        String detail = "output " + shown(quota.outputBytes(), " bytes") + ", workspace "
                + shown(quota.workspaceBytes(), " bytes") + " and " + shown(quota.workspaceFiles(), " files")
                + ", processes " + shown(quota.processes(), "") + ", memory "
                + (counted || quota.memoryBytes() == 0 ? shown(quota.memoryBytes(), " bytes") : "can't be told here")
                + "; looked at once a second, the size of a file is held by the kernel";
        return counted || quota.memoryBytes() == 0
                ? Check.ok("run limits", detail)
                : Check.warning("run limits", detail, "unset SKILL_RUNNER_RUN_MEMORY_MAX_MB, which has no effect here");
    }

    private static String shown(long limit, String unit) {
        return limit == 0 ? "unlimited" : limit + unit;
    }

    /** Only a home that the start would refuse is worth a row. */
    static Optional<Check> agentHome(StorageSettings storage) {
        return new PrivateFolders(storage)
                .objection(storage.agentHome())
                .map(objection -> refused("agent home", storage.agentHome(), objection));
    }

    private static Check refused(String name, Path folder, PrivateFolders.Objection objection) {
        return Check.problem(name, folder + " " + objection.reason(), objection.remedy());
    }

    /** Makes nothing: of a folder that is not there yet, the nearest one above it is looked at. */
    static Check dataDirectory(StorageSettings storage) {
        Path data = storage.data();
        Path place = data;
        while (!Files.exists(place)) {
            Path above = place.getParent();
            if (above == null) {
                break;
            }
            place = above;
        }
        if (!Files.isDirectory(place) || !Files.isWritable(place)) {
            return Check.problem(
                    "data directory",
                    data + " can't be written",
                    "give this user write access to " + place + ", or set SKILL_RUNNER_DATA_DIR");
        }
        Optional<PrivateFolders.Objection> objection = new PrivateFolders(storage).objection(data);
        if (objection.isPresent()) {
            return refused("data directory", data, objection.get());
        }
        try {
            long free = Files.getFileStore(place).getUsableSpace();
            String detail = String.format(Locale.ROOT, "%s, %.1f GiB free", data, free / BYTES_PER_GIB);
            return free >= ENOUGH_BYTES
                    ? Check.ok("data directory", detail)
                    : Check.warning("data directory", detail, "free some space, or set SKILL_RUNNER_DATA_DIR");
        } catch (IOException e) {
            return Check.problem("data directory", data + ": " + e.getMessage(), "set SKILL_RUNNER_DATA_DIR");
        }
    }
}
