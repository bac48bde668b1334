package skillrunner.http.run;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.admission.UploadRunInput;
import skillrunner.http.MultipartFile;

/** The form in which a request's skill comes, and with it its files if there are any. */
final class TempSkillUpload {
    private static final String PACKAGE = "skill_package";
    private static final String FILES = "file";

    private TempSkillUpload() {}

    /** Takes what the form holds. */
    static UploadRunInput.Uploaded take(Context ctx, TempRunUseCases temporary) throws IOException {
        Optional<InputStream> files = MultipartFile.find(ctx, FILES);
        try (@Nullable InputStream opened = files.orElse(null);
                InputStream skill = MultipartFile.open(ctx, PACKAGE)) {
            return temporary.upload().upload(RequestPath.id(ctx), skill, files);
        }
    }
}
