package skillrunner.http.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.RunDetails;
import skillrunner.application.run.output.RunOutput;
import skillrunner.application.run.turn.RunWorkspaces;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.application.skill.SkillStore;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunMilestone;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.TokenCount;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.ScriptData;
import skillrunner.http.page.StatusView;
import skillrunner.http.page.ValueView;
import skillrunner.http.page.VisibleText;

/** Turns a run into what its page shows. Safe for concurrent use. */
public final class RunPresenter {
    private static final int MAX_PROMPT_BYTES = 64 * 1024;

    private final JobUseCases jobs;
    private final SkillStore skills;
    private final RunWorkspaces workspaces;
    private final RunOutput output;
    private final Clock clock;

    public RunPresenter(JobUseCases jobs, SkillStore skills, RunWorkspaces workspaces, RunOutput output, Clock clock) {
        this.jobs = Objects.requireNonNull(jobs);
        this.skills = Objects.requireNonNull(skills);
        this.workspaces = Objects.requireNonNull(workspaces);
        this.output = Objects.requireNonNull(output);
        this.clock = Objects.requireNonNull(clock);
    }

    /** An installed skill may bear the id of a temporary one. */
    private String name(RunRequest request) {
        Optional<InstalledSkill> installed =
                request.kind() == RequestKind.JOB ? skills.find(request.skill()) : Optional.empty();
        return installed
                .map(skill -> skill.manifest().name())
                .orElse(request.skill().value());
    }

    /** Shows a run, with what it asks if it waits for its user, and what each of its turns took. */
    RunView run(
            RunDetails details, Optional<QuestionView> asked, List<Optional<TokenCount>> tokens, Messages messages) {
        Run run = details.run();
        RunStatus status = run.status();
        String request = details.request().id().value();
        String address =
                RunAddress.of(details.request().kind(), details.request().id());
        Optional<ShownResult> result =
                status == RunStatus.SUCCEEDED ? ShownResult.of(jobs.result(), run) : Optional.empty();
        Instant until = status.isTerminal() ? run.updatedAt() : clock.instant();
        return new RunView(
                messages,
                request,
                address,
                run.skill().value(),
                name(details.request()),
                RunWords.temporary(details.request().kind(), messages),
                RunAddress.skill(details.request()),
                run.engine().wire(),
                RunWords.status(status, messages),
                Boolean.toString(!status.isTerminal()),
                !status.isTerminal() && !run.isBeingCanceled(),
                sentence(run, messages),
                Moment.of(run.createdAt()),
                messages.duration(Duration.between(run.createdAt(), until)),
                asked.orElse(null),
                problem(run, messages),
                steps(details.milestones(), status, messages),
                warnings(run, messages),
                result.map(it -> ValueView.of(it.data(), artifactLinks(request, run.id())))
                        .orElse(null),
                result.isPresent() && result.get().tooLong(),
                result.isPresent() && result.get().lost(),
                artifacts(request, address, run.id(), messages),
                TurnPresenter.turns(details, tokens, output, clock.instant(), messages),
                RunFacts.facts(details, messages),
                ValueView.of(given(details.request(), run.id(), messages)),
                new RunView.Output(
                        "/v1/management/runs/" + request + "/events",
                        Long.toString(output.size(run.id(), OutputStreamKind.STDOUT)),
                        Long.toString(output.size(run.id(), OutputStreamKind.STDERR)),
                        Integer.toString(FirstOutput.LONG),
                        Integer.toString(FirstOutput.PART),
                        prompt(run.id())));
    }

    /** What comes with the page of a run of its standard output, for its script. */
    String firstOutput(RunId run) {
        return FirstOutput.read(output, run).map(ScriptData::of).orElse("null");
    }

    private String prompt(RunId run) {
        return output.prompt(run)
                .map(stored -> {
                    try (InputStream in = stored.open(0)) {
                        String shown = new String(in.readNBytes(MAX_PROMPT_BYTES), StandardCharsets.UTF_8);
                        return VisibleText.of(stored.size() > MAX_PROMPT_BYTES ? shown + "…" : shown);
                    } catch (IOException e) {
                        // The page shows what can be read.
                        return "";
                    }
                })
                .orElse("");
    }

    private static String sentence(Run run, Messages messages) {
        return messages.text(
                run.isBeingCanceled()
                        ? "run.cancel.requested"
                        : "run.sentence." + run.status().wire());
    }

    private static RunView.@Nullable Problem problem(Run run, Messages messages) {
        if (run.status() != RunStatus.FAILED || run.failure().isEmpty()) {
            return null;
        }
        RunFailure failure = run.failure().get();
        String code = failure.code().name();
        return new RunView.Problem(
                code,
                messages.text("failure." + code),
                VisibleText.of(failure.message()),
                messages.text("failure." + code + ".help"),
                failure.stderr().map(VisibleText::of).orElse(""),
                failure.code() == RunFailureCode.AUTH_REQUIRED
                        ? new RunView.Remedy(
                                "/ui/engines#auth-" + run.engine().wire(),
                                messages.text("signin.run", run.engine().wire()))
                        : null);
    }

    private static List<RunView.Step> steps(List<RunMilestone> milestones, RunStatus status, Messages messages) {
        List<RunView.Step> steps = new ArrayList<>();
        for (int i = 0; i < milestones.size(); i++) {
            RunMilestone milestone = milestones.get(i);
            String took = i + 1 < milestones.size()
                    ? messages.duration(Duration.between(
                            milestone.at(), milestones.get(i + 1).at()))
                    : "";
            steps.add(new RunView.Step(
                    RunWords.status(milestone.status(), messages),
                    Moment.of(milestone.at()),
                    milestone.kind() == RunMilestone.Kind.REACHED
                            ? ""
                            : messages.text(
                                    milestone.status() == RunStatus.WAITING_USER
                                            ? "recovery.resumable_waiting_preserved"
                                            : "recovery.process_reattached"),
                    took));
        }
        if (status == RunStatus.QUEUED) {
            steps.add(new RunView.Step(RunWords.status(RunStatus.RUNNING, messages), null, "", ""));
        }
        if (!status.isTerminal()) {
            steps.add(new RunView.Step(new StatusView("ended", messages.text("status.ended")), null, "", ""));
        }
        return steps;
    }

    /** What is not as it should be, a silence last. */
    private List<String> warnings(Run run, Messages messages) {
        return Stream.concat(
                        run.warnings().stream().map(code -> warning(code, messages)),
                        jobs.find().stall(run).stream()
                                .map(stall ->
                                        messages.text("stall." + stall.kind().wire())))
                .toList();
    }

    private static String warning(String code, Messages messages) {
        String key = "warning." + code;
        return messages.has(key) ? messages.text(key) : code;
    }

    private List<RunView.Artifact> artifacts(String request, String address, RunId run, Messages messages) {
        return jobs.artifacts().list(run).paths().stream()
                .limit(RunView.MAX_ARTIFACTS)
                .map(path -> new RunView.Artifact(
                        VisibleText.of(path.substring("artifacts/".length())),
                        RunFileAddresses.page(request, path),
                        RunFileAddresses.fragment(request, path),
                        RunFileAddresses.download(address, path),
                        jobs.artifacts()
                                .open(run, path)
                                .map(artifact -> messages.size(artifact.size()))
                                .orElse("")))
                .toList();
    }

    /** An answer names the files it left. */
    private UnaryOperator<String> artifactLinks(String request, RunId run) {
        Set<String> paths = Set.copyOf(jobs.artifacts().list(run).paths());
        return text -> paths.contains(text) ? RunFileAddresses.page(request, text) : "";
    }

    private Map<String, Object> given(RunRequest request, RunId run, Messages messages) {
        Map<String, Object> given = new LinkedHashMap<>(request.parameter());
        request.input().forEach(given::putIfAbsent);
        workspaces.uploads(run).keySet().forEach(name -> given.putIfAbsent(name, messages.text("run.given.file")));
        return given;
    }
}
