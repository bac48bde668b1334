package skillrunner.application.terminal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.console.Console;
import skillrunner.application.console.ConsoleFailedException;
import skillrunner.application.console.ConsoleProgram;
import skillrunner.application.console.ConsoleSize;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.TerminalPlan;
import skillrunner.application.engine.TerminalSurroundings;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.terminal.TerminalId;

/** Starts an engine's own interface in a folder that lies ready. Safe for concurrent use. */
final class TerminalStarter {
    private static final System.Logger LOG = System.getLogger(TerminalStarter.class.getName());

    private final Engines engines;
    private final TerminalMachine machine;
    private final TerminalHome home;
    private final TerminalFolders folders;
    private final BackgroundTasks background;
    private final TerminalLimits limits;

    TerminalStarter(
            Engines engines,
            TerminalMachine machine,
            TerminalHome home,
            TerminalFolders folders,
            BackgroundTasks background,
            TerminalLimits limits) {
        this.engines = engines;
        this.machine = machine;
        this.home = home;
        this.folders = folders;
        this.background = background;
        this.limits = limits;
    }

    /**
     * Starts it. A program that ends at once is started in another way, if its engine knows one.
     *
     * @return the program; none is left if this throws
     */
    TerminalProgram start(TerminalId session, EngineId engine, EngineTerminal terminal, String program, String folder) {
        TerminalPlan plan = terminal.plan(new Surroundings(program));
        TerminalProgram first = start(session, engine, plan, program, folder);
        Optional<TerminalPlan> second = plan.otherwise();
        if (second.isEmpty() || !first.endsWithin(limits.earlyEnd())) {
            return first;
        }
        LOG.log(System.Logger.Level.INFO, "the program of {0} ended at once; it is started in another way", engine);
        first.discard();
        return start(session, engine, second.get(), program, folder);
    }

    private TerminalProgram start(
            TerminalId session, EngineId engine, TerminalPlan plan, String program, String folder) {
        folders.write(session, plan.files());
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(plan.arguments());
        TerminalDoor door = machine.gateway().open(command, folder);
        Console console = console(session, engine, plan, door, folder);
        Optional<ScreenFile> recording = recording(session);
        try {
            return TerminalProgram.show(console, door, plan.sandbox(), recording, background);
        } catch (RuntimeException | Error e) {
            console.close();
            recording.ifPresent(ScreenFile::close);
            throw e;
        }
    }

    /** Without it a page that is loaded anew begins with what comes then, which is no reason to show nothing. */
    private Optional<ScreenFile> recording(TerminalId session) {
        try {
            return Optional.of(folders.screen(session));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the screen of a terminal can't be kept", e);
            return Optional.empty();
        }
    }

    private Console console(TerminalId session, EngineId engine, TerminalPlan plan, TerminalDoor door, String folder) {
        try {
            return machine.consoles()
                    .start(new ConsoleProgram(
                            door.command(),
                            environment(engine, plan, folder),
                            folder,
                            session.marker(),
                            ConsoleSize.USUAL));
        } catch (ConsoleFailedException e) {
            LOG.log(System.Logger.Level.WARNING, "no terminal could be opened", e);
            throw new RefusedException(
                    ErrorCode.TERMINAL_UNAVAILABLE, "The terminal could not be opened: " + e.getMessage());
        }
    }

    private Map<String, String> environment(EngineId engine, TerminalPlan plan, String folder) {
        Map<String, String> set = new HashMap<>(plan.variables());
        set.put("TERM", "xterm-256color");
        set.put("COLORTERM", "truecolor");
        set.put("SKILL_RUNNER_UI_SHELL_SESSION_DIR", folder);
        set.put("SKILL_RUNNER_UI_SHELL_ALLOWED_WRITE_ROOTS", folder + ":" + home.folder());
        return machine.binaries().environment(engines.addedVariables(engine), engines.variables(engine), set);
    }

    private final class Surroundings implements TerminalSurroundings {
        private final String program;

        private Surroundings(String program) {
            this.program = program;
        }

        @Override
        public AgentHome home() {
            return home.files();
        }

        @Override
        public Optional<String> variable(String name) {
            return machine.variables().apply(name);
        }

        @Override
        public boolean helpNames(String word) {
            return machine.probe().helpNames(program, word);
        }

        @Override
        public Optional<String> whyNoContainers() {
            return machine.probe().whyNoContainers();
        }
    }
}
