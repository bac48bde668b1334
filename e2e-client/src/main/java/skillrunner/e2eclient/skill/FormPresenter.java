package skillrunner.e2eclient.skill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.Json;
import skillrunner.e2eclient.form.Field;
import skillrunner.e2eclient.form.FieldGroup;
import skillrunner.e2eclient.form.FieldKind;
import skillrunner.e2eclient.form.FormFault;
import skillrunner.e2eclient.form.JobDraft;
import skillrunner.e2eclient.form.Model;
import skillrunner.e2eclient.form.SkillForm;
import skillrunner.e2eclient.page.Messages;
import skillrunner.e2eclient.page.VisibleText;
import tools.jackson.databind.JsonNode;

/** Turns a form and what was typed into it into what a page shows. Used by one request. */
final class FormPresenter {
    private static final Pattern POINTER = Pattern.compile("/(input|parameter|runtime_options)/([^/]+).*");
    private static final Map<String, FieldGroup> PARTS =
            Map.of("input", FieldGroup.INPUT, "parameter", FieldGroup.PARAMETER, "runtime_options", FieldGroup.RUNTIME);

    private final SkillForm form;
    private final Messages messages;
    private final Optional<Map<String, String>> typed;
    private final Map<String, String> faultByField = new LinkedHashMap<>();
    private final List<FormView.Fault> faults = new ArrayList<>();

    private FormPresenter(SkillForm form, Messages messages, Optional<Map<String, String>> typed) {
        this.form = form;
        this.messages = messages;
        this.typed = typed;
    }

    /** A form that nobody has typed into. */
    static FormView fresh(SkillForm form, String submission, Messages messages) {
        return new FormPresenter(form, messages, Optional.empty()).view(submission, "");
    }

    /** A form with all that is wrong with it. */
    static FormView wrong(
            SkillForm form, String submission, Map<String, String> typed, List<FormFault> wrong, Messages messages) {
        FormPresenter presenter = new FormPresenter(form, messages, Optional.of(typed));
        wrong.forEach(presenter::add);
        return presenter.view(submission, "");
    }

    /** A form that the server refused. */
    static FormView refused(
            SkillForm form, String submission, Map<String, String> typed, BackendException why, Messages messages) {
        FormPresenter presenter = new FormPresenter(form, messages, Optional.of(typed));
        why.faults().forEach(presenter::add);
        return presenter.view(submission, VisibleText.of(why.detail()));
    }

    private void add(FormFault fault) {
        String label = messages.has("form." + fault.field()) ? messages.text("form." + fault.field()) : fault.label();
        String text = messages.text("fault." + fault.fault(), fault.limit());
        add(fault.field(), VisibleText.of(label), text);
    }

    private void add(BackendException.Fault fault) {
        Matcher pointer = POINTER.matcher(fault.pointer());
        String field = "";
        if (pointer.matches()) {
            field = Objects.requireNonNull(PARTS.get(pointer.group(1))).prefix() + pointer.group(2);
        }
        add(field, VisibleText.of(fault.pointer()), VisibleText.of(fault.detail()));
    }

    private void add(String field, String label, String text) {
        boolean known =
                form.fields().stream().anyMatch(each -> each.name().equals(field)) || messages.has("form." + field);
        faults.add(new FormView.Fault(known ? field : "", label + ": " + text));
        faultByField.putIfAbsent(field, text);
    }

    private FormView view(String submission, String refusal) {
        return new FormView(
                form.skill(),
                VisibleText.of(form.name()),
                VisibleText.of(form.purpose()),
                "/skills/" + form.skill() + "/run",
                submission,
                words(JobDraft.ENGINE, form.engines(), ""),
                words(JobDraft.MODE, form.modes(), "mode"),
                models(),
                effort(),
                fields(FieldGroup.INPUT),
                fields(FieldGroup.FILE),
                fields(FieldGroup.PARAMETER),
                fields(FieldGroup.RUNTIME),
                refusal,
                faults);
    }

    private FieldView words(String name, List<String> words, String family) {
        String chosen = typed(name).orElse("");
        List<FormView.Choice> choices = words.stream()
                .map(word -> FormView.Choice.of(
                        word,
                        family.isEmpty() ? VisibleText.of(word) : messages.word(family, word),
                        word.equals(chosen)))
                .toList();
        return new FieldView(name, messages.text("form." + name), "choice", "", "", true, chosen, choices, fault(name));
    }

    private FormView.ModelsView models() {
        String chosen = typed(JobDraft.MODEL).orElse("");
        String engine = typed(JobDraft.ENGINE).orElse("");
        Map<List<String>, List<FormView.Choice>> groups = new LinkedHashMap<>();
        for (Model model : form.models()) {
            groups.computeIfAbsent(List.of(model.engine(), model.provider()), key -> new ArrayList<>())
                    .add(new FormView.Choice(
                            model.id(),
                            VisibleText.of(model.label()),
                            model.id().equals(chosen) && model.engine().equals(engine),
                            String.join(" ", model.efforts())));
        }
        return new FormView.ModelsView(
                groups.entrySet().stream()
                        .map(group -> new FormView.Group(
                                group.getKey().get(0),
                                VisibleText.of(group.getKey().get(1)),
                                group.getValue()))
                        .toList(),
                fault(JobDraft.MODEL));
    }

    private FieldView effort() {
        Set<String> efforts = new TreeSet<>();
        form.models().forEach(model -> efforts.addAll(model.efforts()));
        String chosen = typed(JobDraft.EFFORT).orElse("");
        List<FormView.Choice> choices = new ArrayList<>();
        choices.add(FormView.Choice.of("", messages.text("form.default"), chosen.isEmpty()));
        efforts.forEach(
                effort -> choices.add(FormView.Choice.of(effort, VisibleText.of(effort), effort.equals(chosen))));
        return new FieldView(
                JobDraft.EFFORT,
                messages.text("form.effort"),
                "choice",
                "",
                "",
                false,
                chosen,
                efforts.isEmpty() ? List.of() : choices,
                fault(JobDraft.EFFORT));
    }

    private List<FieldView> fields(FieldGroup group) {
        return form.fields(group).stream().map(this::field).toList();
    }

    private FieldView field(Field field) {
        String value = typed(field.name())
                .orElseGet(() ->
                        field.initial().map(initial -> initial(field, initial)).orElse(""));
        return new FieldView(
                field.name(),
                label(field),
                control(field.kind()),
                VisibleText.of(field.description()),
                note(field),
                field.required(),
                value,
                choices(field, value),
                fault(field.name()));
    }

    private String label(Field field) {
        if (field.group() == FieldGroup.RUNTIME) {
            return messages.text("form." + field.name());
        }
        return VisibleText.of(field.title().isEmpty() ? field.key() : field.title() + " (" + field.key() + ")");
    }

    private static String control(FieldKind kind) {
        return switch (kind) {
            case TEXT -> "text";
            case LONG_TEXT -> "long";
            case INTEGER, NUMBER -> "number";
            case BOOLEAN, CHOICE -> "choice";
            case ARRAY, OBJECT, ANY -> "json";
            case FILE -> "file";
        };
    }

    private String note(Field field) {
        return switch (field.kind()) {
            case ARRAY -> messages.text("note.array");
            case OBJECT -> messages.text("note.object");
            case ANY -> messages.text(field.textAllowed() ? "note.any" : "note.json");
            case INTEGER -> messages.text("note.integer");
            case NUMBER -> messages.text("note.number");
            case FILE -> typed.isPresent() ? messages.text("note.file.again") : "";
            case TEXT, LONG_TEXT, BOOLEAN, CHOICE -> "";
        };
    }

    private static String initial(Field field, JsonNode value) {
        if (field.kind() == FieldKind.CHOICE) {
            return Json.text(value);
        }
        if (field.kind().isJson()) {
            return value.isString() && field.textAllowed() ? value.stringValue() : Json.pretty(value);
        }
        return value.isString() ? value.stringValue() : value.isNull() ? "" : Json.text(value);
    }

    private List<FormView.Choice> choices(Field field, String value) {
        List<FormView.Choice> choices = new ArrayList<>();
        if (field.kind() == FieldKind.BOOLEAN) {
            choices.add(FormView.Choice.of("true", messages.text("yes"), value.equals("true")));
            choices.add(FormView.Choice.of("false", messages.text("no"), value.equals("false")));
        } else {
            for (JsonNode choice : field.choices()) {
                String text = Json.text(choice);
                choices.add(FormView.Choice.of(
                        text, VisibleText.of(choice.isString() ? choice.stringValue() : text), text.equals(value)));
            }
        }
        if (!choices.isEmpty()) {
            choices.add(0, FormView.Choice.of("", messages.text("form.nothing"), value.isEmpty()));
        }
        return choices;
    }

    private Optional<String> typed(String name) {
        return typed.map(values -> values.getOrDefault(name, ""));
    }

    private String fault(String name) {
        return faultByField.getOrDefault(name, "");
    }
}
