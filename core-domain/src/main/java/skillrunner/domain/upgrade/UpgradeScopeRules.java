package skillrunner.domain.upgrade;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.RefusedException;

/** Reads what a client wants to have upgraded. Spaces around a value and capitals don't matter. */
public final class UpgradeScopeRules {
    private static final String MODE = "/mode";
    private static final String ENGINE = "/engine";

    private UpgradeScopeRules() {}

    /**
     * Reads a scope.
     *
     * @param mode the mode, if one was given
     * @param engine the engine, if one was given; a blank one counts as none
     * @param known the engines there are, used or not
     * @return the scope
     * @throws RefusedException with {@link skillrunner.domain.problem.ErrorCode#REQUEST_INVALID}, naming the wrong place
     */
    public static UpgradeScope read(Optional<String> mode, Optional<String> engine, List<EngineId> known) {
        Optional<String> name = engine.map(UpgradeScopeRules::plain).filter(text -> !text.isEmpty());
        String word = mode.map(UpgradeScopeRules::plain).orElse("");
        return switch (word) {
            case "single" -> new UpgradeScope.Single(engine(name, known));
            case "all" -> all(name);
            default -> throw RefusedException.invalid(MODE, "must be single or all");
        };
    }

    private static UpgradeScope all(Optional<String> name) {
        if (name.isPresent()) {
            throw RefusedException.invalid(ENGINE, "must be left out when the mode is all");
        }
        return new UpgradeScope.All();
    }

    private static EngineId engine(Optional<String> name, List<EngineId> known) {
        String allowed = known.stream().map(EngineId::wire).collect(Collectors.joining(", "));
        if (name.isEmpty()) {
            throw RefusedException.invalid(ENGINE, "is required when the mode is single; one of " + allowed);
        }
        return name.flatMap(EngineId::parse)
                .filter(known::contains)
                .orElseThrow(() -> RefusedException.invalid(ENGINE, "must be one of " + allowed));
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
