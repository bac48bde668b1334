package skillrunner.domain.run;

import java.util.List;
import java.util.regex.Pattern;

/** Recognises that somebody wants their user to sign in, in words that many use. What only one engine says, its own package knows. */
public final class AuthPrompt {
    private static final String TOKEN =
            "(?:refresh|access|auth(?:entication|orization)?|bearer|id|session|oauth2?|api|login)[\\s_-]{1,3}(?:token|key)";
    private static final String SPENT = "(?:(?:was|is|has|have|had|been)[\\s_]{1,3}){0,3}"
            + "(?:already[\\s_]{1,3}(?:been[\\s_]{1,3})?(?:re-?)?used|re-?used"
            + "|(?:already[\\s_]{1,3})?(?:expired|revoked|invalid(?:ated)?|rejected)|(?:not|no[\\s_]{1,3}longer)[\\s_]{1,3}valid)";

    /** What no output says by the way. Each pattern takes time in proportion to the text, and so do those below. */
    private static final List<Pattern> DEMANDS = List.of(
            sign("enter\\s+(?:the\\s+)?authorization\\s+code"),
            sign("visit\\s+this\\s+url"),
            sign("401[\\s:]{1,3}unauthorized"),
            sign("missing\\s+bearer"));

    /** As CLIs and providers word it, and as others may. */
    private static final List<Pattern> WORDS = List.of(
            sign("\\b(?:http|status)(?:[\\s_]?code)?[\\s:=]{1,3}401\\b"),
            sign("\\bunauthenticated\\b"),
            sign(TOKEN + "[\"'`]?[\\s_:]{1,3}" + SPENT + "\\b"),
            sign("\\b(?:expired|revoked|invalid(?:ated)?|incorrect|wrong)[\\s_-]{1,3}(?:\\w{1,20}[\\s_-]){0,1}" + "(?:"
                    + TOKEN + "|credentials|x-api-key)\\b"),
            sign("\\btoken_(?:expired|revoked|invalidated|invalid)\\b|\\binvalid_grant\\b|\\bauthentication_error\\b"),
            sign("\\b(?:credentials?|session|login|sign-?in)[\\s_]{1,3}(?:(?:has|have|is|are)\\s{1,3})?expired\\b"),
            sign("\\b(?:log|sign)(?:ging|ing)?[\\s-]?in\\s{1,3}again\\b|\\bre-?authenticate\\b|\\bre-?login\\b"),
            sign(
                    "\\bplease\\s{1,3}(?:run\\s{1,3})?[`'\"/]?(?:(?!(?:the|a|an|your|this|any|each)\\s)\\w{1,20}\\s){0,2}(?:log|sign)[\\s-]?in\\b"),
            sign("\\b(?:not|are\\s{1,3}not|aren't)\\s{1,3}(?:currently\\s{1,3})?(?:logged|signed)[\\s-]in\\b"),
            sign("\\b(?:login|sign-?in|authentication)\\s{1,3}(?:is\\s{1,3})?required\\b"),
            sign("请(?:先|重新)?(?:登录|登陆|认证|授权)"),
            sign("(?:登录|登陆|认证|授权|令牌|会话|凭证|凭据|token)(?:状态|信息)?\\s{0,3}(?:已经?|未)?(?:过期|失效|失败|被?撤销)"),
            sign("(?:尚未|未)(?:登录|登陆|认证)"));

    private AuthPrompt() {}

    /**
     * Tells how surely a text speaks of a missing sign-in.
     *
     * @param output what the engine wrote
     * @return the surest sign in it
     */
    public static SignInSign in(String output) {
        if (DEMANDS.stream().anyMatch(sign -> sign.matcher(output).find())) {
            return SignInSign.DEMAND;
        }
        return WORDS.stream().anyMatch(sign -> sign.matcher(output).find()) ? SignInSign.WORDS : SignInSign.NONE;
    }

    /**
     * Tells whether an engine that reports a failure means a missing sign-in; then all words are a demand.
     *
     * @param report the engine's own words about its failure
     * @return {@link SignInSign#DEMAND} or {@link SignInSign#NONE}
     */
    public static SignInSign inReport(String report) {
        return in(report).isThere() ? SignInSign.DEMAND : SignInSign.NONE;
    }

    private static Pattern sign(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
