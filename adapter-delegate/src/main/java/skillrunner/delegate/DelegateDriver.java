package skillrunner.delegate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInDriver;
import skillrunner.application.signin.SignInWork;
import skillrunner.delegate.screen.Secrets;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInWay;
import skillrunner.files.DurableFiles;

/** Signs one engine in by its own program. */
final class DelegateDriver implements SignInDriver {
    private static final Logger LOG = LoggerFactory.getLogger(DelegateDriver.class);
    private static final String MARKER = "sign-in-";

    private final List<SignInWay> ways;
    private final Function<SignInWay, List<Script>> scripts;
    private final Function<SignInWay, List<CredentialWatch.Place>> places;
    private final Optional<SessionFile> settings;
    private final Parts parts;

    /**
     * A file that the program finds where it works.
     *
     * @param path below the session's folder
     * @param content what it holds
     */
    record SessionFile(String path, String content) {}

    /**
     * Takes what it knows.
     *
     * @param ways the ways it can go
     * @param scripts the programs for a way, that which is tried first at the beginning; new ones each time
     * @param places where the credentials of a way are
     * @param settings a file in the session's folder
     * @param parts what all share
     */
    DelegateDriver(
            List<SignInWay> ways,
            Function<SignInWay, List<Script>> scripts,
            Function<SignInWay, List<CredentialWatch.Place>> places,
            Optional<SessionFile> settings,
            Parts parts) {
        this.ways = List.copyOf(ways);
        this.scripts = scripts;
        this.places = places;
        this.settings = settings;
        this.parts = parts;
    }

    @Override
    public List<SignInWay> ways() {
        return ways;
    }

    @Override
    public void require(SignInWay way) {
        if (parts.binaries().find(parts.names().apply(way.engine())).isEmpty()) {
            throw missing(way);
        }
    }

    @Override
    public SignInWork begin(SignInWay way, SignInDesk desk) {
        Path folder = Path.of(desk.folder());
        String marker = marker(desk.id());
        String program =
                parts.binaries().hold(parts.names().apply(way.engine()), marker).orElseThrow(() -> missing(way));
        List<LaidAside> aside = new ArrayList<>();
        try {
            prepare(way, folder, aside);
            desk.note("cli_marker", marker);
            boolean ready = !isGoogle(way)
                    || layAside(new GoogleAccounts(parts.settings().agentHome(), folder), aside, desk);
            Secrets secrets = new Secrets();
            DelegateSignIn work = new DelegateSignIn(
                    new InstalledCli(program, parts.variables().apply(way.engine())),
                    marker,
                    scripts.apply(way),
                    new CredentialWatch(parts.settings().agentHome(), places.apply(way), parts.json()),
                    aside,
                    secrets,
                    new SessionLogs(folder, secrets, parts.clock()),
                    desk,
                    parts);
            if (ready) {
                work.start();
            }
            return work;
        } catch (RuntimeException e) {
            aside.forEach(each -> each.putBack(false));
            parts.binaries().release(marker);
            throw e;
        }
    }

    private void prepare(SignInWay way, Path folder, List<LaidAside> aside) {
        settings.ifPresent(file -> write(folder.resolve(file.path()), file.content()));
        TrustOfSession trust = new TrustOfSession(parts.trusted(), way.engine(), folder);
        aside.add(trust);
        try {
            trust.add();
        } catch (RuntimeException e) {
            LOG.warn("an engine does not trust the folder of a sign-in, and will ask", e);
        }
    }

    /** What can't be laid aside is no reason to refuse: the session tells it, and ends. */
    private boolean layAside(GoogleAccounts accounts, List<LaidAside> aside, SignInDesk desk) {
        try {
            aside.add(accounts);
            desk.note("google_antigravity_cleanup", accounts.clear(parts.json()));
            return true;
        } catch (RuntimeException e) {
            desk.note(
                    "google_antigravity_cleanup",
                    Map.of("executed", true, "success", false, "error", Objects.toString(e.getMessage(), "unknown")));
            return desk.failed(SignInFault.BACKUP_FAILED.saying("the accounts that are there could not be laid aside: "
                    + Objects.toString(e.getMessage(), "no reason is known")));
        }
    }

    @Override
    public void clear(SignInWay way, SignInId session, String folder, boolean succeeded) {
        String marker = marker(session);
        parts.consoles().endLeftovers(marker);
        parts.binaries().release(marker);
        Path path = Path.of(folder);
        if (isGoogle(way)) {
            new GoogleAccounts(parts.settings().agentHome(), path).putBack(succeeded);
        }
        new TrustOfSession(parts.trusted(), way.engine(), path).remove();
    }

    private static boolean isGoogle(SignInWay way) {
        return way.provider().equals(Optional.of(OpencodeAccount.GOOGLE.provider()));
    }

    private static String marker(SignInId session) {
        return MARKER + session.value();
    }

    private static void write(Path file, String content) {
        try {
            DurableFiles.createDirectories(Objects.requireNonNull(file.getParent()));
            DurableFiles.write(file, content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RefusedException missing(SignInWay way) {
        return new RefusedException(
                ErrorCode.ENGINE_CLI_MISSING, "The CLI of '" + way.engine() + "' is not installed on this server");
    }
}
