package skillrunner.commandline.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Session;

/** {@code runs cancel}. */
@Command(
        name = "cancel",
        description = "Cancel runs. Exit code 1 if one of them had ended otherwise.",
        mixinStandardHelpOptions = true)
final class RunsCancelCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "REQUEST", arity = "1..*", description = "The ids of the requests.")
    private List<String> requestIds = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON document a line.")
    private boolean json;

    RunsCancelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> addresses = requestIds.stream()
                .map(requestId -> "/v1/management/runs/" + Connection.segment(requestId) + "/cancel")
                .toList();
        int code = ExitCodes.SUCCEEDED;
        for (int at = 0; at < addresses.size(); at++) {
            code = Math.max(code, cancel(requestIds.get(at), addresses.get(at)));
        }
        return code;
    }

    /** Who cancels several wants to be rid of all: one that is not there must not keep the others running. */
    private int cancel(String requestId, String address) throws IOException, InterruptedException {
        Document answer;
        try {
            answer = session.connection().post(address, null);
        } catch (CommandFailedException e) {
            if (e.exitCode() != ExitCodes.REFUSED) {
                throw e;
            }
            session.console().fault(e.code(), requestId + ": " + e.getMessage());
            return ExitCodes.REFUSED;
        }
        if (json) {
            session.console().json(answer.text());
        } else {
            session.console().say(requestId + ": " + answer.text("message"));
        }
        boolean ended = !answer.tree().path("accepted").asBoolean(false)
                && List.of("succeeded", "failed").contains(answer.text("status"));
        return ended ? ExitCodes.FAILED : ExitCodes.SUCCEEDED;
    }
}
