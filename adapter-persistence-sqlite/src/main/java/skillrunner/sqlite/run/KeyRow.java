package skillrunner.sqlite.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.admission.Acceptance;
import skillrunner.application.run.admission.KeyedAcceptance;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunStatus;
import skillrunner.sqlite.file.JsonColumns;

/** A row of {@code idempotency_keys}; the only place that turns one into what a client was told and back. */
public record KeyRow(
        String idempotencyKey,
        String question,
        String requestId,
        boolean cacheHit,
        @Nullable String status,
        String warnings) {

    static KeyRow of(KeyedAcceptance keyed) {
        Acceptance told = keyed.acceptance();
        return new KeyRow(
                keyed.key().value(),
                keyed.question(),
                told.request().value(),
                told.cacheHit(),
                told.status().map(RunStatus::wire).orElse(null),
                JsonColumns.text(told.warnings()));
    }

    KeyedAcceptance toKeyedAcceptance() {
        return new KeyedAcceptance(
                new IdempotencyKey(idempotencyKey),
                question,
                new Acceptance(
                        new RequestId(requestId),
                        cacheHit,
                        Optional.ofNullable(status).map(RunStatus::of),
                        JsonColumns.strings(warnings)));
    }
}
