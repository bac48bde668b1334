package skillrunner.domain.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;

/** What the rows of a new snapshot must be like. */
public final class SnapshotRules {
    /** Most models of a snapshot. */
    public static final int MAX_MODELS = 500;

    /** Most characters of an id. */
    public static final int MAX_ID_LENGTH = 200;

    /** Most characters of a model's notes. */
    public static final int MAX_NOTES_LENGTH = 2000;

    /** What the rows come to. */
    public sealed interface Verdict {
        /**
         * They are good.
         *
         * @param models the models to store, in the order of the rows, ids without the space around them
         */
        record Accepted(List<ModelEntry> models) implements Verdict {
            /** Copies the list. */
            public Accepted {
                models = List.copyOf(models);
            }
        }

        /**
         * They are not.
         *
         * @param refusal names every wrong place
         */
        record Refused(Refusal refusal) implements Verdict {}
    }

    private SnapshotRules() {}

    /**
     * Checks the rows of a new snapshot. Ids are compared without the space around them, and with regard to case.
     *
     * @param rows what was sent
     * @return the models, or every wrong place
     */
    public static Verdict check(List<SnapshotRow> rows) {
        List<FieldError> errors = new ArrayList<>();
        List<ModelEntry> models = new ArrayList<>();
        if (rows.isEmpty()) {
            errors.add(new FieldError("/models", "must not be empty"));
        } else if (rows.size() > MAX_MODELS) {
            errors.add(new FieldError("/models", "must not hold more than " + MAX_MODELS + " models"));
        } else {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < rows.size(); i++) {
                models.add(row("/models/" + i, rows.get(i), ids, errors));
            }
        }
        return errors.isEmpty() ? new Verdict.Accepted(models) : new Verdict.Refused(Refusal.invalid(errors));
    }

    private static ModelEntry row(String place, SnapshotRow row, Set<String> ids, List<FieldError> errors) {
        String id = row.id().strip();
        idFault(id, ids).ifPresent(fault -> errors.add(new FieldError(place + "/id", fault)));
        efforts(place + "/supported_effort", row.supportedEfforts().orElse(List.of()), errors);
        row.notes()
                .flatMap(SnapshotRules::notesFault)
                .ifPresent(fault -> errors.add(new FieldError(place + "/notes", fault)));
        row.displayName()
                .filter(SnapshotRules::isBrokenText)
                .ifPresent(name -> errors.add(new FieldError(place + "/display_name", "is not proper text")));
        return new ModelEntry(
                id,
                row.displayName(),
                row.deprecated(),
                row.notes(),
                row.supportedEfforts(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> idFault(String id, Set<String> ids) {
        if (id.isEmpty()) {
            return Optional.of("must not be blank");
        }
        if (!ids.add(id)) {
            return Optional.of("stands there twice");
        }
        if (length(id) > MAX_ID_LENGTH) {
            return Optional.of("must not be longer than " + MAX_ID_LENGTH + " characters");
        }
        if (id.codePoints().anyMatch(SnapshotRules::isForbiddenInId) || isBrokenText(id)) {
            return Optional.of("must hold no white space, control characters or '@'");
        }
        return Optional.empty();
    }

    private static void efforts(String place, List<String> efforts, List<FieldError> errors) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < efforts.size(); i++) {
            String effort = efforts.get(i);
            if (effort.isBlank()) {
                errors.add(new FieldError(place + "/" + i, "must not be blank"));
            } else if (!names.add(effort.strip())) {
                errors.add(new FieldError(place + "/" + i, "stands there twice"));
            } else if (isBrokenText(effort)) {
                errors.add(new FieldError(place + "/" + i, "is not proper text"));
            }
        }
    }

    private static Optional<String> notesFault(String notes) {
        if (length(notes) > MAX_NOTES_LENGTH) {
            return Optional.of("must not be longer than " + MAX_NOTES_LENGTH + " characters");
        }
        return isBrokenText(notes) ? Optional.of("is not proper text") : Optional.empty();
    }

    private static boolean isForbiddenInId(int character) {
        return character == '@'
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character);
    }

    /** Half of a character pair can't be stored as UTF-8. */
    private static boolean isBrokenText(String text) {
        return text.codePoints().anyMatch(character -> Character.getType(character) == Character.SURROGATE);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
