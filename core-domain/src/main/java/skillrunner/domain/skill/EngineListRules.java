package skillrunner.domain.skill;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import skillrunner.domain.engine.EngineId;

/** Reads the engines a manifest names and rules out. */
final class EngineListRules {
    private static final String NAMED = "engines";

    /** The second is an older name. */
    private static final List<String> RULED_OUT = List.of("unsupported_engines", "unsupport_engine");

    private final Collection<EngineId> known;

    EngineListRules(Collection<EngineId> known) {
        this.known = List.copyOf(known);
    }

    /**
     * What a manifest says of engines, as far as it is known.
     *
     * @param named the engines it names; empty means all
     * @param ruledOut the engines it rules out, under either key
     */
    record Lists(List<EngineId> named, List<EngineId> ruledOut) {}

    Lists read(Map<String, ?> manifest, Findings findings) {
        int before = findings.size();
        List<EngineId> named = list(manifest, NAMED, findings);
        Set<EngineId> ruledOut = new LinkedHashSet<>();
        RULED_OUT.forEach(key -> ruledOut.addAll(list(manifest, key, findings)));
        if (findings.size() == before) {
            together(named, ruledOut, findings);
        }
        return new Lists(named, List.copyOf(ruledOut));
    }

    private void together(List<EngineId> named, Set<EngineId> ruledOut, Findings findings) {
        List<EngineId> both = named.stream().filter(ruledOut::contains).toList();
        if (!both.isEmpty()) {
            findings.add(
                    "/engines",
                    "engines and unsupported_engines overlap: " + both,
                    "name an engine in one of the two lists only");
        }
        boolean someLeft = known.stream()
                .filter(engine -> named.isEmpty() || named.contains(engine))
                .anyMatch(engine -> !ruledOut.contains(engine));
        if (!someLeft) {
            findings.add(
                    "/engines",
                    "the effective engines are empty: no engine is left after the ones ruled out",
                    "leave at least one engine that the skill runs on");
        }
    }

    /** The keys under which a prompt is ever read. */
    List<String> promptKeys() {
        return Stream.concat(known.stream().map(EngineId::wire), Stream.of(SkillManifest.COMMON_PROMPT))
                .toList();
    }

    private List<EngineId> list(Map<String, ?> manifest, String key, Findings findings) {
        Object value = manifest.get(key);
        List<String> allowed = known.stream().map(EngineId::wire).toList();
        if (!(value instanceof List<?> engines)) {
            if (value != null) {
                findings.add("/" + key, key + " must be an array", "write a list of engines: " + allowed);
            }
            return List.of();
        }
        if (engines.isEmpty() && key.equals(NAMED)) {
            findings.add("/" + key, key + " must not be empty", "leave the key out if all engines will do");
        }
        Set<EngineId> read = new LinkedHashSet<>();
        for (int i = 0; i < engines.size(); i++) {
            Object name = engines.get(i);
            Optional<EngineId> engine =
                    known.stream().filter(one -> one.wire().equals(name)).findFirst();
            if (engine.isEmpty()) {
                findings.add(
                        "/" + key + "/" + i,
                        key + " names an unknown engine: " + Findings.shown(String.valueOf(name)),
                        "use only " + allowed);
            } else if (!read.add(engine.get())) {
                findings.add("/" + key + "/" + i, key + " names " + name + " twice", "name it once");
            }
        }
        return List.copyOf(read);
    }
}
