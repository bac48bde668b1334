package skillrunner.http.run;

import java.util.Objects;
import skillrunner.application.run.admission.CreateTempRun;
import skillrunner.application.run.admission.FindTempRun;
import skillrunner.application.run.admission.UploadTempSkill;

/**
 * What can be done about a temporary run that can't be done about a job.
 *
 * @param create asks for it
 * @param upload sends its skill
 * @param find looks it up
 */
public record TempRunUseCases(CreateTempRun create, UploadTempSkill upload, FindTempRun find) {
    /** Refuses null parts. */
    public TempRunUseCases {
        Objects.requireNonNull(create);
        Objects.requireNonNull(upload);
        Objects.requireNonNull(find);
    }
}
