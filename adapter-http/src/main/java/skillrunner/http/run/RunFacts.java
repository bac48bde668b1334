package skillrunner.http.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import skillrunner.application.run.RunDetails;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.VisibleText;

/** What is known of a run besides what it answered: what it ran on, what it wrote, how its processes ended. */
final class RunFacts {
    private RunFacts() {}

    static List<RunView.Fact> facts(RunDetails details, Messages messages) {
        RunRequest request = details.request();
        Run run = details.run();
        List<RunView.Fact> facts = new ArrayList<>();
        facts.add(new RunView.Fact(
                messages.text("fact.skill"), run.skill().value(), null, false, RunAddress.skill(request)));
        facts.add(text("fact.engine", run.engine().wire(), messages));
        facts.add(text("fact.model", model(details, messages), messages));
        facts.add(moment("fact.created", request.createdAt(), messages));
        facts.add(moment("fact.updated", run.updatedAt(), messages));
        if (request.cacheHit()) {
            facts.add(text("fact.cache", messages.text("fact.cache.hit"), messages));
        }
        RunWords.recovery(run, messages).ifPresent(recovery -> facts.add(text("fact.recovery", recovery, messages)));
        facts.add(new RunView.Fact(messages.text("fact.request"), request.id().value(), null, true, ""));
        facts.add(new RunView.Fact(messages.text("fact.run"), run.id().value(), null, true, ""));
        details.processes().ifPresent(ended -> facts.add(text("fact.processes", processes(ended, messages), messages)));
        details.receipt().ifPresent(receipt -> {
            receipt.exitCode().ifPresent(code -> facts.add(text("fact.exit", code.toString(), messages)));
            facts.add(receipt("stdout", receipt.stdout(), messages));
            facts.add(receipt("stderr", receipt.stderr(), messages));
        });
        return facts;
    }

    private static RunView.Fact text(String key, String value, Messages messages) {
        return new RunView.Fact(messages.text(key), value, null, false, "");
    }

    private static RunView.Fact moment(String key, Instant at, Messages messages) {
        return new RunView.Fact(messages.text(key), "", Moment.of(at), false, "");
    }

    private static RunView.Fact receipt(String stream, StreamReceipt receipt, Messages messages) {
        return new RunView.Fact(
                messages.text("fact.receipt", stream, messages.size(receipt.bytes())),
                receipt.sha256(),
                null,
                true,
                "");
    }

    /** What was asked for, and once the run has ended what its engine says it ran on. */
    private static String model(RunDetails details, Messages messages) {
        String asked = details.request().model().map(RunFacts::model).orElse(messages.text("fact.model.default"));
        List<String> used = details.told().models();
        if (!used.isEmpty()) {
            return messages.text("fact.model.used", asked, VisibleText.of(String.join(", ", used)));
        }
        return details.run().status().isTerminal() ? messages.text("fact.model.untold", asked) : asked;
    }

    private static String processes(ProcessesEnded processes, Messages messages) {
        if (processes.last().isEmpty()) {
            return messages.text(processes.seen() ? "fact.processes.none" : "fact.processes.unseen");
        }
        ProcessesEnded.Last last = processes.last().get();
        return messages.text(
                processes.left() > 0 ? "fact.processes.left" : "fact.processes.ended",
                Integer.toString(processes.left() > 0 ? processes.left() : processes.ended()),
                VisibleText.of(last.name()),
                Long.toString(last.pid()),
                messages.text("fact.processes." + last.end().wire()));
    }

    private static String model(ModelSpec model) {
        return model.name() + model.effort().map(effort -> "@" + effort).orElse("");
    }
}
