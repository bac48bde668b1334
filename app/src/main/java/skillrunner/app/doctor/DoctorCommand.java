package skillrunner.app.doctor;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import skillrunner.app.EngineWiring;
import skillrunner.app.ProductRemedies;
import skillrunner.app.settings.BadSettingException;
import skillrunner.app.settings.Settings;
import skillrunner.app.settings.UsableSettings;
import skillrunner.domain.engine.EngineId;
import skillrunner.embedding.engine.EngineParts;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** {@code doctor}: examines the machine; changes nothing. */
@Command(
        name = "doctor",
        description = "Say what this machine lacks, and the command that mends it.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final Map<String, String> environment;
    private final Path installation;
    private final PrintStream out;

    @Option(names = "--json", description = "Print the same as JSON.")
    private boolean json;

    public DoctorCommand(Map<String, String> environment, Path installation, PrintStream out) {
        this.environment = Map.copyOf(environment);
        this.installation = Objects.requireNonNull(installation);
        this.out = Objects.requireNonNull(out);
    }

    private record CheckJson(String name, String status, String detail, String remedy) {}

    private record ExaminationJson(boolean healthy, List<CheckJson> checks) {}

    @Override
    public Integer call() {
        Examination examination = examine();
        if (json) {
            out.println(JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(new ExaminationJson(
                            examination.healthy(),
                            examination.checks().stream()
                                    .map(check -> new CheckJson(
                                            check.name(), check.status().wire(), check.detail(), check.remedy()))
                                    .toList())));
        } else {
            out.println(examination.table());
        }
        return examination.healthy() ? 0 : 1;
    }

    private Examination examine() {
        UsableSettings usable = read(environment);
        List<BadSettingException> faults = new ArrayList<>(usable.faults());
        Settings settings = usable.settings();
        EngineParts wiring;
        try {
            wiring = EngineWiring.of(settings.storage(), settings.engines(), environment);
        } catch (BadSettingException e) {
            faults.add(e);
            Map<String, String> others = new HashMap<>(environment);
            others.remove(e.variable());
            settings = read(others).settings();
            wiring = EngineWiring.of(settings.storage(), settings.engines(), environment);
        }
        List<Check> checks = new ArrayList<>();
        faults.forEach(fault -> checks.add(Check.problem(
                "settings", String.valueOf(fault.getMessage()), "unset the variable, or see docs/configuration.md")));
        if (faults.isEmpty()) {
            checks.add(Check.ok("settings", "every variable has a value that can be used"));
        }
        checks.add(MachineChecks.java());
        checks.add(MachineChecks.dataDirectory(settings.storage()));
        MachineChecks.agentHome(settings.storage()).ifPresent(checks::add);
        checks.add(ProxyCheck.of(settings.signIns().oauth()));
        ProgramChecks programs = new ProgramChecks(settings.storage(), wiring);
        checks.addAll(together(Stream.concat(
                        wiring.engines().clis().stream().map(cli -> (Supplier<Check>) () -> programs.engine(cli)),
                        Stream.<Supplier<Check>>of(programs::npm, programs::git, programs::ripgrep))
                .toList()));
        checks.add(MachineChecks.runProcesses(settings.processes()));
        checks.add(MachineChecks.runLimits(settings.runs()));
        checks.add(ControlGroupCheck.of(Path.of("/")));
        if (wiring.engines().clis().stream().noneMatch(programs::canRunSkills)) {
            checks.add(Check.problem(
                    "engines",
                    "no CLI is installed that can run a skill",
                    ProductRemedies.installCommand(EngineId.CODEX)));
        }
        return new Examination(checks);
    }

    private UsableSettings read(Map<String, String> variables) {
        return UsableSettings.read(variables, installation, Path.of(System.getProperty("user.home")));
    }

    /** Programs are slow to answer, so all are asked at once. */
    private static List<Check> together(List<Supplier<Check>> checks) {
        ExecutorService threads = Executors.newFixedThreadPool(checks.size());
        try {
            List<CompletableFuture<Check>> asked = checks.stream()
                    .map(check -> CompletableFuture.supplyAsync(check, threads))
                    .toList();
            return asked.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }
}
