package skillrunner.domain.run;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a running engine that has been silent is likely to wait for. A warning for people, from which nothing follows. */
public final class StallPolicy {
    /** An engine that said something within this time is not silent. */
    public static final Duration SILENCE = Duration.ofSeconds(20);

    /** Whoever computed for this part of its silence goes on with its work, whatever it said before. */
    private static final int BUSY_PART = 4;

    private static final Pattern PERMISSION = words("\\[y/n\\]|\\(y/n\\)|\\byes/no\\b"
            + "|\\b(?:do|would)\\s{1,3}you\\s{1,3}(?:want\\s{1,3}to|like\\s{1,3}to)?\\s{0,3}(?:allow|approve|proceed|trust|continue)\\b"
            + "|\\ballow\\s{1,3}(?:this\\s{1,3})?(?:command|tool|execution|access)\\b"
            + "|\\b(?:waiting\\s{1,3}for|requires?|needs?)\\s{1,3}(?:your\\s{1,3})?(?:approval|permission|confirmation)\\b"
            + "|是否(?:允许|继续|同意|批准)");
    private static final Pattern RATE = words(
            "\\brate[\\s_-]?limit|\\btoo\\s{1,3}many\\s{1,3}requests\\b|\\bquota\\s{1,3}exceeded\\b|\\bresource_exhausted\\b"
                    + "|\\b(?:http|status)(?:[\\s_]?code)?[\\s:=]{1,3}429\\b|\\boverloaded(?:_error)?\\b|(?:请求过于频繁|限流|配额已?(?:用尽|不足))");
    private static final Pattern NETWORK = words(
            "\\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\\b"
                    + "|\\b(?:connection|network)\\s{1,3}(?:refused|reset|error|unreachable|is\\s{1,3}unreachable|timed\\s{1,3}out)\\b"
                    + "|\\b(?:could\\s{1,3}not|couldn't|failed\\s{1,3}to|unable\\s{1,3}to)\\s{1,3}(?:connect|resolve)\\b"
                    + "|\\bstream\\s{1,3}disconnected\\b|\\berror\\s{1,3}sending\\s{1,3}request\\b|\\breconnecting\\b|网络(?:错误|异常|不可用|超时)");

    private StallPolicy() {}

    /**
     * What is known of an engine that works.
     *
     * @param silent for how long it has written nothing
     * @param computed how much CPU time its processes took meanwhile; empty where the machine can't tell
     * @param said what {@link #said} made of its last words
     */
    public record Facts(Duration silent, Optional<Duration> computed, StallKind said) {
        /** Refuses null parts. */
        public Facts {
            Objects.requireNonNull(silent);
            Objects.requireNonNull(computed);
            Objects.requireNonNull(said);
        }

        private boolean isBusy() {
            return computed.filter(cpu -> cpu.multipliedBy(BUSY_PART).compareTo(silent) >= 0)
                    .isPresent();
        }
    }

    private record Rule(Predicate<String> applies, StallKind kind) {}

    private static final List<Rule> RULES = List.of(
            new Rule(words -> PERMISSION.matcher(words).find(), StallKind.PERMISSION_PROMPT),
            new Rule(words -> RATE.matcher(words).find(), StallKind.RATE_LIMITED),
            new Rule(words -> AuthPrompt.in(words).isThere(), StallKind.WAITS_ON_AUTH),
            new Rule(words -> NETWORK.matcher(words).find(), StallKind.NO_NETWORK));

    /**
     * Reads the last words of an engine. Takes time in proportion to them, so they are read once for each silence.
     *
     * @param lastWords the end of what it wrote, some kilobytes at most
     * @return what they say it waits for; busy, if they say nothing of the kind
     */
    public static StallKind said(String lastWords) {
        return RULES.stream()
                .filter(rule -> rule.applies().test(lastWords))
                .findFirst()
                .map(Rule::kind)
                .orElse(StallKind.ENGINE_BUSY);
    }

    /**
     * Decides.
     *
     * @param facts what is known
     * @return what it is likely to wait for; empty while it is not silent
     */
    public static Optional<StallKind> kind(Facts facts) {
        if (facts.silent().compareTo(SILENCE) < 0) {
            return Optional.empty();
        }
        return Optional.of(facts.isBusy() ? StallKind.ENGINE_BUSY : facts.said());
    }

    private static Pattern words(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
