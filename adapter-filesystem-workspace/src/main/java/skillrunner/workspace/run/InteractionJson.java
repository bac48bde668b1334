package skillrunner.workspace.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skillrunner.application.run.interaction.InteractiveState;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.HistoryEvent;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.journal.EventTime;
import skillrunner.domain.run.AgentProcess;

/** Shapes of the JSON files that show a run's questions, as plain values. */
final class InteractionJson {
    private InteractionJson() {}

    static Map<String, Object> pending(Interaction interaction) {
        Map<String, Object> pending = new LinkedHashMap<>();
        pending.put("interaction_id", interaction.number());
        pending.putAll(interaction.question().toPlain());
        return pending;
    }

    /** Each question, and behind it what became of it. */
    static List<Map<String, Object>> history(List<Interaction> interactions) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Interaction interaction : interactions) {
            entries.add(entry(interaction, HistoryEvent.ASK_USER, pending(interaction), interaction.createdAt()));
            interaction
                    .decision()
                    .ifPresent(made -> entries.add(
                            entry(interaction, made.decidedBy().historyEvent(), payload(made), made.decidedAt())));
        }
        return entries;
    }

    static Map<String, Object> state(InteractiveState state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", state.status().wire());
        json.put("attempt_number", state.attempt());
        json.put("interactive_profile", state.profile().toPlain());
        json.put("effective_session_timeout_sec", state.profile().sessionTimeoutSeconds());
        state.process().ifPresent(process -> json.put("process_binding", process(process)));
        json.put("session_handle", state.session().map(InteractionJson::session).orElse(null));
        json.put(
                "wait_deadline_at",
                state.pending()
                        .flatMap(Interaction::deadline)
                        .map(EventTime::text)
                        .orElse(null));
        json.put(
                "pending_interaction_id",
                state.pending().map(Interaction::number).orElse(null));
        json.put("updated_at", EventTime.text(state.updatedAt()));
        return json;
    }

    /** Whom the run waits with; who that is, is kept elsewhere, and this is for people. */
    private static Map<String, Object> process(AgentProcess process) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pid", process.pid());
        json.put("alive", true);
        return json;
    }

    private static Map<String, Object> session(InteractiveState.Session session) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("engine", session.engine().wire());
        json.put("handle_type", "session_id");
        json.put("handle_value", session.handle());
        json.put("created_at_turn", session.attempt());
        return json;
    }

    private static Map<String, Object> payload(Decision made) {
        Map<String, Object> payload = new LinkedHashMap<>();
        made.response().ifPresent(response -> payload.put("response", response));
        payload.put("resolution_mode", made.decidedBy().wire());
        return payload;
    }

    private static Map<String, Object> entry(
            Interaction interaction, HistoryEvent event, Map<String, Object> payload, Instant at) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("interaction_id", interaction.number());
        entry.put("event_type", event.wire());
        entry.put("payload", payload);
        entry.put("created_at", EventTime.text(at));
        return entry;
    }
}
