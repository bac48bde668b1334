package skillrunner.application.run.process;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.RunCounts;
import skillrunner.application.run.Subscription;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessesEnded;

/** Counts the processes that are left when everything was tried to end them. As safe as what it counts. */
public final class CountedProcesses implements AgentProcesses {
    private final AgentProcesses processes;
    private final RunCounts counts;

    public CountedProcesses(AgentProcesses processes, RunCounts counts) {
        this.processes = Objects.requireNonNull(processes);
        this.counts = Objects.requireNonNull(counts);
    }

    /** The last look at an attempt; what {@link #stop} leaves is tried again. */
    @Override
    public ProcessesEnded sweep(AttemptProcess process) {
        ProcessesEnded ended = processes.sweep(process);
        counts.leaked(ended.left());
        return ended;
    }

    @Override
    public Optional<AgentProcess> launch(LaunchOrder order) {
        return processes.launch(order);
    }

    @Override
    public void say(AttemptFiles files, int number, String line) {
        processes.say(files, number, line);
    }

    @Override
    public boolean isSaid(AttemptFiles files, int number) {
        return processes.isSaid(files, number);
    }

    @Override
    public void hangUp(AttemptFiles files) {
        processes.hangUp(files);
    }

    @Override
    public Optional<AgentProcess> find(AttemptFiles files, String marker) {
        return processes.find(files, marker);
    }

    @Override
    public State state(AttemptProcess process) {
        return processes.state(process);
    }

    @Override
    public ProcessesEnded stop(AttemptProcess process) {
        return processes.stop(process);
    }

    @Override
    public ProcessesEnded kill(AttemptProcess process) {
        return processes.kill(process);
    }

    @Override
    public Usage usage(AttemptProcess process, long enough) {
        return processes.usage(process, enough);
    }

    @Override
    public Optional<Duration> cpuTime(AttemptProcess process) {
        return processes.cpuTime(process);
    }

    @Override
    public Subscription follow(AttemptFiles files, Runnable wakeUp) {
        return processes.follow(files, wakeUp);
    }
}
