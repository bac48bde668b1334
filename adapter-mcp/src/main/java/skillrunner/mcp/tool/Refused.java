package skillrunner.mcp.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.model.CatalogueUnreadableException;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusalFacts;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;

/** Turns whatever leaves a use case into the answer of a tool. Only what is our fault is logged, once, with its stack. */
public final class Refused {
    private static final Logger LOG = LoggerFactory.getLogger(Refused.class);
    private static final AtomicLong INCIDENTS = new AtomicLong();

    private Refused() {}

    /**
     * Says why.
     *
     * @param failure what was thrown
     * @return the refusal, with the code that the HTTP API has for the same
     */
    public static Refusal refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                return refused.refusal();
            }
            if (cause instanceof StorageFullException) {
                LOG.error("a call: the disk is full");
                return Refusal.of(ErrorCode.STORAGE_FULL, "The disk is full; nothing was stored");
            }
            if (cause instanceof StorageFaultException || cause instanceof UnavailableException) {
                LOG.error("a call: the data directory can't be used: {}", cause.toString());
                return Refusal.of(
                        ErrorCode.STORAGE_UNAVAILABLE,
                        "The data directory can't be used at the moment; nothing was stored");
            }
            if (cause instanceof CatalogueUnreadableException) {
                LOG.error("a call: {}", cause.getMessage());
                return Refusal.of(ErrorCode.CATALOGUE_UNREADABLE, String.valueOf(cause.getMessage()));
            }
        }
        String incident = "m" + Long.toString(INCIDENTS.incrementAndGet(), Character.MAX_RADIX);
        LOG.error("a call failed, incident {}", incident, failure);
        return Refusal.of(ErrorCode.INTERNAL_ERROR, "The server failed; the log has it as incident " + incident);
    }

    static ToolAnswer answer(Throwable failure, Optional<RequestId> request) {
        Refusal refusal = refusal(failure);
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("code", refusal.code().name());
        error.put("message", refusal.detail());
        if (!refusal.errors().isEmpty()) {
            error.put(
                    "findings",
                    refusal.errors().stream()
                            .map(finding -> Map.of("pointer", finding.pointer(), "detail", finding.detail()))
                            .toList());
        }
        refusal.facts().ifPresent(facts -> add(error, facts));
        Map<String, Object> structured = new LinkedHashMap<>();
        request.ifPresent(id -> structured.put("request_id", id.value()));
        structured.put("error", error);
        List<String> sentences = new ArrayList<>();
        sentences.add(refusal.code() + ": " + refusal.detail());
        boolean said = refusal.errors().size() == 1
                && refusal.detail().contains(refusal.errors().get(0).detail());
        for (FieldError finding : said ? List.<FieldError>of() : refusal.errors()) {
            sentences.add("- " + (finding.pointer().isEmpty() ? "" : finding.pointer() + ": ") + finding.detail());
        }
        return ToolAnswer.failed(structured, sentences);
    }

    private static void add(Map<String, @Nullable Object> error, RefusalFacts facts) {
        if (facts instanceof RefusalFacts.SkillEngines engines) {
            error.put(
                    "effective_engines",
                    engines.effective().stream().map(Object::toString).toList());
        } else if (facts instanceof RefusalFacts.SkillModes modes) {
            error.put(
                    "declared_execution_modes",
                    modes.declared().stream().map(mode -> mode.wire()).toList());
        } else if (facts instanceof RefusalFacts.Decided decided) {
            Map<String, @Nullable Object> decision = new LinkedHashMap<>();
            decision.put("interaction_id", decided.number());
            decision.put("response", decided.response().orElse(null));
            decision.put("decided_by", decided.decidedBy());
            decision.put("decided_at", decided.decidedAt().toString());
            error.put("decision", decision);
        }
    }
}
