package skillrunner.http.terminal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.terminal.TerminalDoor;
import skillrunner.application.terminal.TerminalSnapshot;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.terminal.TerminalId;
import skillrunner.domain.terminal.TerminalSandbox;
import skillrunner.domain.terminal.TerminalSession;
import skillrunner.domain.terminal.TerminalStatus;

/** A terminal session on the wire. */
record TerminalJson(
        TerminalId sessionId,
        String commandId,
        String commandLabel,
        EngineId engine,
        String cwd,
        long pid,
        TerminalStatus status,
        @Nullable Integer exitCode,
        @Nullable String error,
        TerminalSandbox.Status sandboxStatus,
        TerminalSandbox.@Nullable Gap sandboxReason,
        @Nullable String sandboxMessage,
        TerminalDoor.Kind gateway,
        @Nullable String terminalUrl,
        @Nullable String ttydBindHost,
        @Nullable Integer ttydPort,
        Instant createdAt,
        Instant updatedAt,
        Instant expiresAt,
        long hardTtlSec,
        boolean terminal,
        boolean active) {
    static TerminalJson of(TerminalSnapshot snapshot) {
        TerminalSession session = snapshot.session();
        Optional<TerminalDoor.Address> address = snapshot.door().address();
        return new TerminalJson(
                session.id(),
                snapshot.command(),
                snapshot.label(),
                session.engine(),
                snapshot.folder(),
                session.pid(),
                session.status(),
                session.exitCode().isPresent() ? session.exitCode().getAsInt() : null,
                session.error().orElse(null),
                session.sandbox().status(),
                session.sandbox().gap().orElse(null),
                session.sandbox().message().orElse(null),
                snapshot.door().kind(),
                address.isPresent() ? null : TerminalRoutes.PAGE,
                address.map(TerminalDoor.Address::host).orElse(null),
                address.map(TerminalDoor.Address::port).orElse(null),
                session.createdAt(),
                session.updatedAt(),
                session.expiresAt(),
                session.life().toSeconds(),
                session.status().isTerminal(),
                true);
    }

    /** The session that is told, or that there is none. */
    static Object of(Optional<TerminalSnapshot> snapshot) {
        return snapshot.<Object>map(TerminalJson::of).orElseGet(() -> Map.of("active", false));
    }

    /** A session that has just begun. */
    record Started(@JsonUnwrapped TerminalJson session, String sessionDir, String agentHome) {
        static Started of(TerminalSnapshot snapshot) {
            return new Started(TerminalJson.of(snapshot), snapshot.folder(), snapshot.home());
        }
    }

    /** What a socket is told first. */
    record State(String type, @JsonUnwrapped TerminalJson session, long recordedBytes, boolean recordedCut) {
        static State of(TerminalSnapshot snapshot, long recorded, boolean cut) {
            return new State("state", TerminalJson.of(snapshot), recorded, cut);
        }
    }

    /** What a socket is told last. */
    record Exit(String type, TerminalStatus status, @Nullable Integer exitCode, @Nullable String error) {
        static Exit of(TerminalSnapshot ended) {
            TerminalJson session = TerminalJson.of(ended);
            return new Exit("exit", session.status(), session.exitCode(), session.error());
        }
    }

    /** What lets a page open a socket. */
    record Ticket(String ticket) {}
}
