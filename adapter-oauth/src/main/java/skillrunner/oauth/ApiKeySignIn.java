package skillrunner.oauth;

import java.util.concurrent.atomic.AtomicBoolean;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInWork;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInInputKind;
import tools.jackson.databind.node.ObjectNode;

/** Waits for a key and stores it. */
final class ApiKeySignIn implements SignInWork {
    private static final int MOST_CHARACTERS = 8 << 10;

    private final CredentialFiles files;
    private final String provider;
    private final SignInDesk desk;
    private final AtomicBoolean taken = new AtomicBoolean();

    ApiKeySignIn(CredentialFiles files, String provider, SignInDesk desk) {
        this.files = files;
        this.provider = provider;
        this.desk = desk;
    }

    @Override
    public void submit(SignInInputKind kind, String value) {
        // Of a text over several lines nobody can tell what of it is the key.
        if (value.length() > MOST_CHARACTERS || value.chars().anyMatch(it -> it < ' ')) {
            throw new RefusedException(ErrorCode.INPUT_REFUSED, "The key is too long or has more than one line");
        }
        if (!taken.compareAndSet(false, true)) {
            throw new RefusedException(ErrorCode.INPUT_REFUSED, "A key has come already");
        }
        if (desk.answered()) {
            ObjectNode entry = Json.object().put("type", "api").put("key", value);
            desk.agreed(() -> files.write(OpencodeAuthFile.entry(provider, entry)));
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
