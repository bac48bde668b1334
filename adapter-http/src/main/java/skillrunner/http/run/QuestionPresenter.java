package skillrunner.http.run;

import java.util.List;
import java.util.Optional;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.InteractionKind;
import skillrunner.domain.interaction.Question;
import skillrunner.http.WireFormat;
import skillrunner.http.file.RichContent;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.VisibleText;

/** Turns a question into a form that fits its kind. Every kind can be answered in plain words as well, but for named values. */
final class QuestionPresenter {
    private QuestionPresenter() {}

    static QuestionView view(Interaction asked, Optional<String> directory, Messages messages) {
        Question question = asked.question();
        String html = RichContent.markdown(question.prompt());
        List<QuestionView.Choice> choices = choices(question, messages);
        return new QuestionView(
                asked.number(),
                question.kind().wire(),
                html,
                html.isEmpty() ? VisibleText.of(question.prompt()) : "",
                choices,
                fields(question),
                subject(asked, directory, messages),
                asked.deadline().map(Moment::of).orElse(null),
                example(asked.number(), choices));
    }

    private static List<QuestionView.Choice> choices(Question question, Messages messages) {
        // How an agent calls its answers must not tempt to take a danger on.
        if (!question.options().isEmpty() && question.kind() != InteractionKind.RISK_ACK) {
            return question.options().stream()
                    .map(option -> new QuestionView.Choice(VisibleText.of(option.label()), json(option.value())))
                    .toList();
        }
        return switch (question.kind()) {
            case CONFIRM -> yesOrNo(messages, "question.yes", "question.no");
            // To refuse comes first: what is done in passing should do no harm.
            case RISK_ACK ->
                List.of(
                        new QuestionView.Choice(messages.text("question.risk.no"), "false"),
                        new QuestionView.Choice(messages.text("question.risk.yes"), "true"));
            case CHOOSE_ONE, FILL_FIELDS, OPEN_TEXT -> List.of();
        };
    }

    private static List<QuestionView.Choice> yesOrNo(Messages messages, String yes, String no) {
        return List.of(
                new QuestionView.Choice(messages.text(yes), "true"),
                new QuestionView.Choice(messages.text(no), "false"));
    }

    private static List<QuestionView.Field> fields(Question question) {
        return switch (question.kind()) {
            case FILL_FIELDS ->
                question.requiredFields().stream()
                        .map(name -> new QuestionView.Field(name, VisibleText.of(name)))
                        .toList();
            case CHOOSE_ONE, CONFIRM, OPEN_TEXT, RISK_ACK -> List.of();
        };
    }

    /** What the server knows itself, apart from the agent's words, so that these can neither be taken for it nor hide it. */
    private static List<QuestionView.Subject> subject(
            Interaction asked, Optional<String> directory, Messages messages) {
        return directory
                .map(folder -> List.of(
                        new QuestionView.Subject(
                                messages.text("question.command"),
                                asked.command().map(VisibleText::exactly).orElse(""),
                                asked.command().isPresent() ? "" : messages.text("question.command.unknown")),
                        new QuestionView.Subject(messages.text("question.directory"), VisibleText.exactly(folder), "")))
                .orElse(List.of());
    }

    /** The first of what can be chosen, or words that are still to be found. */
    private static String example(int number, List<QuestionView.Choice> choices) {
        String response = choices.isEmpty() ? "\"…\"" : choices.get(0).json();
        String body = "{\"interaction_id\": " + number + ", \"response\": " + response + "}";
        return "'" + body.replace("'", "'\\''") + "'";
    }

    private static String json(Object value) {
        return WireFormat.mapper().writeValueAsString(value);
    }
}
