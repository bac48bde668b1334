package skillrunner.delegate;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProvider;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;

/** The providers that opencode's own program signs in to by a person's account. */
enum OpencodeAccount {
    /** A browser that comes back to the program, or a code for a page. */
    OPENAI("openai", "OpenAI", "OpenAI") {
        @Override
        boolean isMethod(String row, SignInMethod method) {
            return row.contains(method == SignInMethod.CALLBACK ? "browser" : "headless");
        }

        @Override
        boolean listensItself() {
            return true;
        }
    },
    /** By a plugin, which keeps accounts in a file of its own. */
    GOOGLE("google", "Google (AntiGravity)", "Google") {
        @Override
        boolean isMethod(String row, SignInMethod method) {
            return row.contains("oauth") && row.contains("google");
        }

        @Override
        boolean listensItself() {
            return false;
        }
    };

    private final String id;
    private final String name;
    private final String label;

    OpencodeAccount(String id, String name, String label) {
        this.id = id;
        this.name = name;
        this.label = label;
    }

    static OpencodeAccount of(SignInWay way) {
        return way.provider().equals(Optional.of(GOOGLE.provider())) ? GOOGLE : OPENAI;
    }

    SignInProvider provider() {
        return new SignInProvider(id, name);
    }

    /** What its row in the list of providers says. */
    String label() {
        return label;
    }

    SignInWay way(SignInMethod method) {
        return new SignInWay(SignInTransport.CLI_DELEGATE, EngineId.OPENCODE, method, Optional.of(provider()));
    }

    /** Whether a row of the list of providers, in lower case, is this one and none that only begins so. */
    boolean isProvider(String row) {
        String wanted = label.toLowerCase(Locale.ROOT);
        return row.equals(wanted) || row.matches(Pattern.quote(wanted) + "\\s*\\([^)]*\\)");
    }

    /** Whether a row of the list of ways, in lower case, is the wanted one. */
    abstract boolean isMethod(String row, SignInMethod method);

    /** Whether the program waits for the browser by itself and asks its user for nothing. */
    abstract boolean listensItself();
}
