package skillrunner.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import skillrunner.app.settings.Settings;
import skillrunner.commandline.server.Surroundings;
import skillrunner.commandline.terminal.Interrupts;
import skillrunner.commandline.terminal.Terminals;
import skillrunner.sqlite.NativeLibrary;

/**
 * {@code warm-up}: starts a server twice, asks it a few things, also by the commands of users, and ends. The launcher runs it once, with
 * folders of its own, to learn which classes a start and a command need, and to unpack what every start would unpack.
 */
@Command(name = "warm-up", hidden = true, description = "Start, answer a few requests and end.")
final class WarmUpCommand implements Callable<Integer> {
    private static final List<String> REQUESTS = List.of(
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /v1/skills HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /ui/runs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /v1/jobs/unknown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 2\r\n\r\n{}");

    /** Commands of users, which are over before anything else of a virtual machine would pay. */
    private static final List<String> COMMANDS =
            List.of("runs list", "skills list", "engines list", "runs show unknown", "run unknown", "completion bash");

    private static final int STARTS = 2;
    private static final int STOPPED = 1;

    private final Map<String, String> environment;

    @Option(
            names = "--libraries",
            paramLabel = "DIR",
            description = "Where to put what is unpacked once for all starts.")
    @Nullable
    private Path libraries;

    WarmUpCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (libraries != null) {
            NativeLibrary.unpackInto(libraries);
        }
        Settings settings = Settings.read(environment, Main.installation(), Path.of(System.getProperty("user.home")));
        Logging.configure(settings.log());
        LostStore lost = new LostStore(System.err, settings.log());
        TerminationSignals.onFirst(() -> Runtime.getRuntime().halt(STOPPED));
        // The first start makes everything; what reads it again is needed by every other one.
        for (int starts = 0; starts < STARTS; starts++) {
            try (Server server = Server.start(settings, environment, lost)) {
                for (String request : REQUESTS) {
                    ask(server.port(), request);
                }
                for (String command : COMMANDS) {
                    command(server.port(), command);
                }
            }
        }
        return 0;
    }

    private void command(int port, String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of("--server", "http://127.0.0.1:" + port));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Surroundings surroundings = new Surroundings(
                environment,
                Path.of(""),
                InputStream.nullInputStream(),
                StandardCharsets.UTF_8,
                nowhere,
                nowhere,
                Terminals.NONE,
                CommandSurroundings.aside(),
                new Interrupts(reaction -> {}, lastWords -> {}),
                Optional::empty);
        String[] arguments = words.toArray(String[]::new);
        Main.commandLine(environment, surroundings, arguments).execute(arguments);
    }

    private static void ask(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
