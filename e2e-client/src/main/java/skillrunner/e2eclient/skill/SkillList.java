package skillrunner.e2eclient.skill;

import java.util.ArrayList;
import java.util.List;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.Json;
import skillrunner.e2eclient.form.SkillForm;
import skillrunner.e2eclient.page.Messages;
import skillrunner.e2eclient.page.StatusView;
import skillrunner.e2eclient.page.VisibleText;
import skillrunner.e2eclient.web.PathId;
import tools.jackson.databind.JsonNode;

/** Turns what the server says of its skills into a list. */
final class SkillList {
    private static final int MOST = 2_000;

    private SkillList() {}

    static List<SkillListView.Row> rows(JsonNode answer, Messages messages) {
        JsonNode skills = answer.path("skills");
        if (!skills.isArray()) {
            throw BackendException.unusable("The server's list of skills is none");
        }
        List<SkillListView.Row> rows = new ArrayList<>();
        for (JsonNode skill : skills) {
            if (rows.size() == MOST) {
                break;
            }
            Json.string(skill, "id").ifPresent(id -> rows.add(row(id, skill, messages)));
        }
        return rows;
    }

    private static SkillListView.Row row(String id, JsonNode skill, Messages messages) {
        String health = Json.string(skill, "health").orElse("");
        boolean runs = health.equals("healthy") && PathId.isId(id);
        return new SkillListView.Row(
                VisibleText.of(id),
                VisibleText.of(Json.string(skill, "name").orElse(id)),
                VisibleText.of(Json.string(skill, "description").orElse("")),
                VisibleText.of(Json.string(skill, "version").orElse("")),
                VisibleText.of(String.join(", ", SkillForm.words(skill.path("effective_engines")))),
                StatusView.of(health, messages),
                VisibleText.of(Json.string(skill, "health_error").orElse("")),
                runs ? "/skills/" + id + "/run" : "");
    }
}
