package skillrunner.domain.run;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.json.JsonPointer;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.Excerpt;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.skill.ExecutionMode;

/** Reads the {@code runtime_options} of a request. */
public final class RuntimeOptionRules {
    /** Where a request holds its options; what errors point to begins with it. */
    static final String PLACE = "/runtime_options";

    private static final int MAX_NAMED = 10;
    private static final int LONGEST_NUMBER = 64;
    private static final int MOST_DIGITS = 10;
    private static final String SESSION_TIMEOUT = "session_timeout_sec";

    /** Older names of the session timeout, strongest first. */
    private static final List<String> SESSION_TIMEOUT_ALIASES =
            List.of("interactive_wait_timeout_sec", "hard_wait_timeout_sec", "wait_timeout_sec");

    private static final Set<String> KNOWN = Set.of(
            "execution_mode",
            "interactive_require_user_reply",
            SESSION_TIMEOUT,
            "interactive_wait_timeout_sec",
            "hard_wait_timeout_sec",
            "wait_timeout_sec",
            "no_cache",
            "debug",
            "debug_keep_temp",
            "verbose",
            "hard_timeout_seconds");

    private final Map<String, ? extends @Nullable Object> given;
    private final List<FieldError> errors = new ArrayList<>();

    private RuntimeOptionRules(Map<String, ? extends @Nullable Object> given) {
        this.given = given;
    }

    /**
     * Reads the options; a key with the value null counts as absent where a default exists.
     *
     * @param given the object of the request as plain values
     * @param defaultSessionTimeoutSeconds used when the client gives none
     * @return the options
     * @throws skillrunner.domain.problem.RefusedException with {@link ErrorCode#REQUEST_INVALID}, naming every wrong key
     */
    public static RuntimeOptions read(Map<String, ? extends @Nullable Object> given, int defaultSessionTimeoutSeconds) {
        return new RuntimeOptionRules(given).read(defaultSessionTimeoutSeconds);
    }

    /** Tells whether an option says how long a question waits, under any of its names. */
    static boolean isSessionTimeout(String option) {
        return option.equals(SESSION_TIMEOUT) || SESSION_TIMEOUT_ALIASES.contains(option);
    }

    private RuntimeOptions read(int defaultSessionTimeoutSeconds) {
        Set<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(KNOWN);
        for (String key : unknown) {
            errors.add(new FieldError(JsonPointer.member(PLACE, key), "unknown option"));
        }
        ExecutionMode mode = mode();
        Optional<Boolean> reply = Optional.of(bool("interactive_require_user_reply", true));
        int sessionTimeout = sessionTimeout(defaultSessionTimeoutSeconds);
        Optional<Integer> hardTimeout =
                given.get("hard_timeout_seconds") == null ? Optional.empty() : seconds("hard_timeout_seconds");
        boolean noCache = bool("no_cache", false);
        boolean debug = bool("debug", false);
        boolean debugKeepTemp = bool("debug_keep_temp", false);
        int verbose = verbose();
        if (!errors.isEmpty()) {
            String detail = unknown.isEmpty()
                    ? Refusal.invalid(errors).detail()
                    : "Unknown runtime_options: "
                            + unknown.stream().limit(MAX_NAMED).map(Excerpt::of).collect(Collectors.joining(", "));
            throw new Refusal(ErrorCode.REQUEST_INVALID, detail, errors).toException();
        }
        return new RuntimeOptions(
                mode,
                mode == ExecutionMode.INTERACTIVE ? reply : Optional.empty(),
                sessionTimeout,
                hardTimeout,
                noCache,
                debug,
                debugKeepTemp,
                verbose);
    }

    private ExecutionMode mode() {
        Object value = given.get("execution_mode");
        if (value == null) {
            return ExecutionMode.AUTO;
        }
        Optional<ExecutionMode> mode =
                value instanceof String text ? ExecutionMode.parse(text) : Optional.<ExecutionMode>empty();
        if (mode.isEmpty()) {
            wrong("execution_mode", "must be one of " + String.join(", ", ExecutionMode.wireNames()));
        }
        return mode.orElse(ExecutionMode.AUTO);
    }

    private int sessionTimeout(int fallback) {
        Optional<Integer> chosen = Optional.empty();
        List<String> names = new ArrayList<>(List.of(SESSION_TIMEOUT));
        names.addAll(SESSION_TIMEOUT_ALIASES);
        for (String name : names) {
            if (given.containsKey(name)) {
                Optional<Integer> value = seconds(name);
                chosen = chosen.isPresent() ? chosen : value;
            }
        }
        return chosen.orElse(fallback);
    }

    private Optional<Integer> seconds(String key) {
        Object value = given.get(key);
        try {
            String text = value instanceof String || value instanceof Number
                    ? value.toString().strip()
                    : "";
            BigDecimal number = new BigDecimal(text.length() <= LONGEST_NUMBER ? text : "");
            // A short text can stand for a number of a billion digits; it is judged before it is written out.
            long wholeDigits = (long) number.precision() - number.scale();
            if (number.signum() > 0 && wholeDigits >= 1 && wholeDigits <= MOST_DIGITS) {
                BigInteger whole = number.toBigIntegerExact();
                if (whole.bitLength() < Integer.SIZE) {
                    return Optional.of(whole.intValueExact());
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // falls through to the one message that fits every wrong value
        }
        wrong(key, "must be a positive whole number of seconds");
        return Optional.empty();
    }

    private boolean bool(String key, boolean fallback) {
        Object value = given.get(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        wrong(key, "must be true or false");
        return fallback;
    }

    private int verbose() {
        Object value = given.get("verbose");
        if (value == null) {
            return 0;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Number number
                && (number.doubleValue() == 0 || number.doubleValue() == 1 || number.doubleValue() == 2)) {
            return number.intValue();
        }
        wrong("verbose", "must be true, false, 0, 1 or 2");
        return 0;
    }

    private void wrong(String key, String detail) {
        errors.add(new FieldError(PLACE + "/" + key, detail));
    }
}
