package skillrunner.app.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.http.access.AccessRule;
import skillrunner.http.access.AccessScope;
import skillrunner.http.access.Credentials;

/** Whether a password is asked for, which, and where. No message ever holds the password. */
public final class BasicAuthSettings {
    private static final Variable ENABLED = new Variable(
            "UI_BASIC_AUTH_ENABLED", "`false`", "Asks for a user name and a password; both must be set then.");
    private static final Variable USERNAME =
            new Variable("UI_BASIC_AUTH_USERNAME", "empty", "The user name; it can't hold a colon.");
    private static final Variable PASSWORD = new Variable(
            "UI_BASIC_AUTH_PASSWORD", "empty", "The password, taken as it stands, with spaces at its ends.");
    private static final Variable PASSWORD_FILE = new Variable(
            "UI_BASIC_AUTH_PASSWORD_FILE",
            "empty",
            "A file with the password instead, read once at start; a line break at its end does not count.");
    private static final Variable SCOPE = new Variable(
            "SKILL_RUNNER_AUTH_SCOPE",
            "`ui` if `HOST` is loopback, else `all`",
            "What the password is for: `ui` for the pages and what changes skills or engines, `all` for the whole API as well.");

    static final List<Variable> VARIABLES = List.of(ENABLED, USERNAME, PASSWORD, PASSWORD_FILE, SCOPE);

    /** What the virtual machine puts where it can't read a byte of a variable. */
    private static final char UNREADABLE = '\uFFFD';

    private BasicAuthSettings() {}

    static Optional<AccessRule> read(EnvironmentReader reader, boolean loopback) {
        AccessScope scope = reader.text(SCOPE)
                .map(text -> AccessScope.parse(text)
                        .orElseThrow(() -> new BadSettingException(SCOPE.name(), text, "ui or all is needed")))
                .orElse(loopback ? AccessScope.UI : AccessScope.ALL);
        if (!reader.flag(ENABLED, false)) {
            return Optional.empty();
        }
        Optional<String> username = reader.text(USERNAME);
        Optional<String> password = password(reader);
        if (username.isEmpty() || password.isEmpty()) {
            throw new BadSettingException(
                    ENABLED.name(),
                    reader.text(ENABLED).orElse(""),
                    USERNAME.name() + " and " + PASSWORD.name() + " must both be set, and "
                            + missing(username, password));
        }
        if (username.get().indexOf(':') >= 0) {
            throw new BadSettingException(USERNAME.name(), username.get(), "a user name can't hold a colon");
        }
        if (Stream.of(username, password).anyMatch(text -> text.get().indexOf(UNREADABLE) >= 0)) {
            throw new BadSettingException(
                    ENABLED.name(),
                    reader.text(ENABLED).orElse(""),
                    USERNAME.name() + " or " + PASSWORD.name()
                            + " holds characters that can't be read in this locale, or the file with the password is not UTF-8;"
                            + " set LC_ALL=C.UTF-8");
        }
        return Optional.of(new AccessRule(scope, Credentials.of(username.get(), password.get())));
    }

    /**
     * Says who a client is that uses the server's own settings.
     *
     * @param environment the server's variables, which were found usable
     * @return name and password, or empty if nobody is asked for them
     */
    public static Optional<skillrunner.client.Credentials> ofClient(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        if (!reader.flag(ENABLED, false)) {
            return Optional.empty();
        }
        return Optional.of(new skillrunner.client.Credentials(
                reader.text(USERNAME).orElse(""), password(reader).orElse("")));
    }

    private static Optional<String> password(EnvironmentReader reader) {
        Optional<String> file = reader.text(PASSWORD_FILE);
        if (file.isEmpty()) {
            return reader.verbatim(PASSWORD);
        }
        if (reader.verbatim(PASSWORD).isPresent()) {
            throw new BadSettingException(
                    PASSWORD_FILE.name(), file.get(), PASSWORD.name() + " is set as well, and only one of them may be");
        }
        String password;
        try {
            password = PasswordFile.read(reader.path(PASSWORD_FILE, Path.of("")));
        } catch (IOException e) {
            throw new BadSettingException(PASSWORD_FILE.name(), file.get(), String.valueOf(e.getMessage()));
        }
        if (password.isBlank()) {
            throw new BadSettingException(PASSWORD_FILE.name(), file.get(), "the file holds no password");
        }
        return Optional.of(password);
    }

    private static String missing(Optional<String> username, Optional<String> password) {
        if (username.isEmpty() && password.isEmpty()) {
            return "both are empty";
        }
        return (username.isEmpty() ? USERNAME : PASSWORD).name() + " is empty";
    }
}
