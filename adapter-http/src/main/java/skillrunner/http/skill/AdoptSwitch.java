package skillrunner.http.skill;

import io.javalin.http.Context;
import skillrunner.application.skill.PlainSkills;
import skillrunner.http.MultipartFile;

/** {@code adopt}: what a request says is to become of instructions without a manifest. */
final class AdoptSwitch {
    private AdoptSwitch() {}

    /** @throws skillrunner.domain.problem.RefusedException if it is neither true nor false */
    static PlainSkills read(Context ctx) {
        return MultipartFile.flag(ctx, "adopt") ? PlainSkills.ADOPTED : PlainSkills.REFUSED;
    }
}
