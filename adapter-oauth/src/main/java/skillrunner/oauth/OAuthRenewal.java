package skillrunner.oauth;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.engine.SignInRenewal;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.RenewalFacts;
import skillrunner.domain.signin.RenewalPolicy;
import skillrunner.domain.signin.RenewalSetback;
import skillrunner.files.LockFiles;

/**
 * Renews over HTTP what engines are signed in with. One server at a time does so for a file, under a lock that is not the one of the file: who
 * signs in or out waits for no provider. That a token is sent is on the disk before it is, so that whoever comes after a crash repeats it at
 * once. Safe for concurrent use.
 */
public final class OAuthRenewal implements SignInRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(OAuthRenewal.class);

    /** Longer than whoever has the lock waits for its provider, twice. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(30);

    private static final int ATTEMPTS = 2;

    private final List<Renewable> renewables;
    private final CredentialFiles files;
    private final RenewalNotes notes;
    private final RenewalExchange exchange;
    private final Clock clock;

    /** Until when tokens are left alone, by their digests. */
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();

    /** What a provider gave and no disk took, by the digests of the tokens that were spent for it. */
    private final Map<String, RenewedTokens> unwritten = new ConcurrentHashMap<>();

    private OAuthRenewal(List<Renewable> renewables, CredentialFiles files, RenewalExchange exchange, Clock clock) {
        this.renewables = renewables;
        this.files = files;
        this.notes = new RenewalNotes(files.home());
        this.exchange = exchange;
        this.clock = clock;
    }

    /**
     * Makes what renews the sign-ins in a home. Touches no file yet.
     *
     * @param settings what the operator set
     * @param agentHome the home of the engines
     * @param clock tells the time
     * @return it
     */
    public static OAuthRenewal of(OAuthSettings settings, Path agentHome, Clock clock) {
        List<Renewable> renewables = new ArrayList<>(List.of(new CodexRenewable(), new OpencodeRenewable()));
        settings.gemini().map(GeminiRenewable::new).ifPresent(renewables::add);
        return new OAuthRenewal(
                List.copyOf(renewables),
                new CredentialFiles(agentHome),
                new RenewalExchange(new TokenEndpoint(settings.proxies()), settings, clock),
                clock);
    }

    @Override
    public boolean isDue(EngineId engine) {
        return renewables.stream()
                .filter(each -> each.engine().equals(engine))
                .anyMatch(each -> held(each).filter(token -> isDue(each, token)).isPresent());
    }

    @Override
    public void renew(EngineId engine) {
        renewables.stream().filter(each -> each.engine().equals(engine)).forEach(this::renew);
    }

    @Override
    public boolean isRefused(EngineId engine) {
        return renewables.stream()
                .filter(each -> each.engine().equals(engine))
                .anyMatch(each -> isNoted(each, RenewalNotes.Note.REFUSED));
    }

    @Override
    public List<EngineId> unanswered() {
        return renewables.stream()
                .filter(each -> isNoted(each, RenewalNotes.Note.SENT))
                .map(Renewable::engine)
                .toList();
    }

    private boolean isNoted(Renewable renewable, RenewalNotes.Note note) {
        return held(renewable)
                .flatMap(token -> notes.of(renewable.path(), token))
                .filter(note::equals)
                .isPresent();
    }

    private Optional<HeldToken> held(Renewable renewable) {
        return files.read(renewable.path()).flatMap(renewable::held);
    }

    private boolean isDue(Renewable renewable, HeldToken token) {
        Optional<RenewalNotes.Note> note = notes.of(renewable.path(), token);
        return RenewalPolicy.isDue(
                new RenewalFacts(
                        token.accessEnds(),
                        note.filter(RenewalNotes.Note.SENT::equals).isPresent(),
                        note.filter(RenewalNotes.Note.REFUSED::equals).isPresent(),
                        Optional.ofNullable(notBefore.get(RenewalNotes.digest(token.refresh())))),
                clock.instant());
    }

    private void renew(Renewable renewable) {
        Optional<HeldToken> seen = held(renewable).filter(token -> isDue(renewable, token));
        if (seen.isEmpty()) {
            return;
        }
        Path file = files.home().resolve(renewable.path());
        try (Closeable held = LockFiles.hold(file.resolveSibling(file.getFileName() + ".renewal"), LOCK_PATIENCE)) {
            Objects.requireNonNull(held);
            // Whoever had the lock before may have done it.
            held(renewable)
                    .filter(token -> token.refresh().equals(seen.get().refresh()))
                    .filter(token -> isDue(renewable, token))
                    .ifPresent(token -> renewLocked(renewable, token));
        } catch (IOException | StorageFaultException | StorageFullException e) {
            leaveAlone(seen.get(), RenewalSetback.NOT_SENT);
            LOG.warn("the sign-in of {} is not renewed: {}", renewable.engine(), e.toString());
        }
    }

    /** @throws StorageFaultException if the disk takes nothing; what would be given had no place then, so nothing is sent */
    private void renewLocked(Renewable renewable, HeldToken token) {
        RenewedTokens given = unwritten.get(RenewalNotes.digest(token.refresh()));
        if (given != null) {
            keep(renewable, token, given);
            return;
        }
        // Whatever comes of this one: an answer that was lost before is still lost.
        boolean unanswered = isNoted(renewable, RenewalNotes.Note.SENT);
        notes.write(renewable.path(), token, RenewalNotes.Note.SENT);
        RenewalExchange.Outcome outcome = exchange.send(renewable, token);
        // An answer that was lost on its way is asked for again while the provider remembers.
        for (int attempt = 1; attempt < ATTEMPTS && isUnanswered(outcome); attempt++) {
            unanswered = true;
            outcome = exchange.send(renewable, token);
        }
        if (outcome instanceof RenewalExchange.Outcome.Renewed renewed) {
            keep(renewable, token, renewed.tokens());
        } else if (outcome instanceof RenewalExchange.Outcome.Ended ended) {
            notes.write(renewable.path(), token, RenewalNotes.Note.REFUSED);
            LOG.warn(
                    "{} has to be signed in again: its provider does not renew the sign-in ({})",
                    renewable.engine(),
                    ended.words());
        } else if (outcome instanceof RenewalExchange.Outcome.Failed failed) {
            leaveAlone(token, failed.setback());
            LOG.info("the sign-in of {} was not renewed: {}", renewable.engine(), failed.words());
            if (!unanswered && !failed.setback().isUnanswered()) {
                notes.remove(renewable.path());
            }
        }
    }

    private static boolean isUnanswered(RenewalExchange.Outcome outcome) {
        return outcome instanceof RenewalExchange.Outcome.Failed failed
                && failed.setback().isUnanswered();
    }

    /** A sign-in or sign-out that came meanwhile is later than this, whatever the provider gave. */
    private void keep(Renewable renewable, HeldToken token, RenewedTokens tokens) {
        String digest = RenewalNotes.digest(token.refresh());
        unwritten.put(digest, tokens);
        boolean written;
        try {
            written = files.change(
                    renewable.path(),
                    file -> renewable
                            .held(file)
                            .filter(present -> present.refresh().equals(token.refresh()))
                            .isPresent(),
                    file -> {
                        renewable.put(file, tokens, clock.instant());
                        return file;
                    });
        } catch (StorageFaultException | StorageFullException e) {
            leaveAlone(token, RenewalSetback.UNKNOWN);
            LOG.error("the renewed sign-in of {} could not be written; that is tried again", renewable.engine(), e);
            return;
        }
        unwritten.remove(digest);
        notBefore.remove(digest);
        notes.remove(renewable.path());
        LOG.info(
                written
                        ? "the sign-in of {} was renewed ahead of its end"
                        : "the sign-in of {} has changed while it was renewed, and stays as it is",
                renewable.engine());
    }

    private void leaveAlone(HeldToken token, RenewalSetback why) {
        notBefore.put(RenewalNotes.digest(token.refresh()), clock.instant().plus(why.pause()));
    }
}
