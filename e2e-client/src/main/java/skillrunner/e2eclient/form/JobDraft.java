package skillrunner.e2eclient.form;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job as it was typed into a form: what is sent, or everything that is wrong with it.
 *
 * @param job the body of the request; of no use if something is wrong
 * @param files the files to upload, by key
 * @param faults all that is wrong, in the order of the form
 */
public record JobDraft(ObjectNode job, Map<String, ChosenFile> files, List<FormFault> faults) {
    /** Name of the field of the engine. */
    public static final String ENGINE = "engine";

    /** Name of the field of the execution mode. */
    public static final String MODE = "execution_mode";

    /** Name of the field of the model. */
    public static final String MODEL = "model";

    /** Name of the field that only helps to choose a model. */
    public static final String PROVIDER = "provider";

    /** Name of the field that says how hard the model thinks. */
    public static final String EFFORT = "effort";

    /** Name of the hidden field that tells one press of the button from the next. */
    public static final String SUBMISSION = "submission";

    private static final Set<String> OWN = Set.of(ENGINE, MODE, MODEL, PROVIDER, EFFORT, SUBMISSION);
    private static final String REQUIRED = "required";

    /** Copies the collections. */
    public JobDraft {
        files = Map.copyOf(files);
        faults = List.copyOf(faults);
    }

    /**
     * Reads a form.
     *
     * @param form what can be said
     * @param typed what was typed, by the names of the fields
     * @param chosen the files that were chosen, by the names of the fields
     * @return the job
     */
    public static JobDraft read(SkillForm form, Map<String, String> typed, Map<String, ChosenFile> chosen) {
        return new Reading(form, typed, chosen).read();
    }

    private static final class Reading {
        private final SkillForm form;
        private final Map<String, String> typed;
        private final Map<String, ChosenFile> chosen;
        private final List<FormFault> faults = new ArrayList<>();
        private final Map<String, ChosenFile> files = new LinkedHashMap<>();
        private final ObjectNode job = Json.object();

        Reading(SkillForm form, Map<String, String> typed, Map<String, ChosenFile> chosen) {
            this.form = form;
            this.typed = typed;
            this.chosen = chosen;
        }

        JobDraft read() {
            job.put("skill_id", form.skill());
            String engine = oneOf(ENGINE, form.engines());
            job.put(ENGINE, engine);
            job.set("input", values(FieldGroup.INPUT));
            files();
            job.set("parameter", values(FieldGroup.PARAMETER));
            String mode = oneOf(MODE, form.modes());
            model(engine).ifPresent(model -> job.put(MODEL, model));
            ObjectNode options = values(FieldGroup.RUNTIME);
            options.put(MODE, mode);
            job.set("runtime_options", options);
            if (!files.isEmpty()) {
                // Otherwise a run starts at once where no file has to be there.
                job.put("await_upload", true);
            }
            unknown();
            return new JobDraft(job, files, faults);
        }

        /** A single choice is made already. */
        private String oneOf(String name, List<String> allowed) {
            String word = typed.getOrDefault(name, "").strip();
            if (word.isEmpty() && !allowed.isEmpty()) {
                return allowed.get(0);
            }
            if (!allowed.contains(word)) {
                fault(name, name, word.isEmpty() ? REQUIRED : "choice", "");
            }
            return word;
        }

        private Optional<String> model(String engine) {
            String id = typed.getOrDefault(MODEL, "").strip();
            if (id.isEmpty()) {
                return Optional.empty();
            }
            Optional<Model> found = form.models().stream()
                    .filter(model -> model.engine().equals(engine) && model.id().equals(id))
                    .findFirst();
            if (found.isEmpty()) {
                fault(MODEL, MODEL, MODEL, "");
                return Optional.empty();
            }
            String effort = typed.getOrDefault(EFFORT, "").strip();
            if (effort.isEmpty()) {
                return Optional.of(id);
            }
            if (!found.get().efforts().contains(effort)) {
                fault(EFFORT, EFFORT, "choice", "");
            }
            return Optional.of(id + "@" + effort);
        }

        private ObjectNode values(FieldGroup group) {
            ObjectNode values = Json.object();
            for (Field field : form.fields(group)) {
                String text = typed.getOrDefault(field.name(), "").replace("\r\n", "\n");
                if (text.isBlank()) {
                    if (field.required()) {
                        fault(field, REQUIRED, "");
                    }
                    continue;
                }
                Coercion.Outcome outcome = Coercion.of(field, text);
                outcome.value().ifPresent(value -> values.set(field.key(), value));
                outcome.fault().ifPresent(fault -> fault(field, fault, outcome.limit()));
            }
            return values;
        }

        private void files() {
            for (Field field : form.fields(FieldGroup.FILE)) {
                ChosenFile file = chosen.get(field.name());
                if (file == null) {
                    if (field.required()) {
                        fault(field, "file", "");
                    }
                } else if (file.size() == 0) {
                    fault(field, "empty", "");
                } else {
                    files.put(field.key(), file);
                }
            }
        }

        /** What is asked for and would be left out in silence is a mistake. */
        private void unknown() {
            Set<String> known = new HashSet<>(OWN);
            form.fields().forEach(field -> known.add(field.name()));
            Set<String> sent = new java.util.TreeSet<>(typed.keySet());
            sent.addAll(chosen.keySet());
            sent.removeAll(known);
            sent.forEach(name -> fault(name, name, "unknown", ""));
        }

        private void fault(Field field, String fault, String limit) {
            fault(field.name(), field.title().isEmpty() ? field.key() : field.title(), fault, limit);
        }

        private void fault(String name, String label, String fault, String limit) {
            faults.add(new FormFault(name, label, fault, limit));
        }
    }
}
