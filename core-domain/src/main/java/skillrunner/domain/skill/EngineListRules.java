package skillrunner.domain.skill;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import skillrunner.domain.engine.EngineId;

/** The rules for the engines a manifest names and rules out. */
final class EngineListRules {
    private static final List<String> KEYS = List.of("engines", "unsupported_engines", "unsupport_engine");

    private final Collection<EngineId> known;

    EngineListRules(Collection<EngineId> known) {
        this.known = List.copyOf(known);
    }

    void check(Map<String, ?> manifest, Findings findings) {
        int before = findings.size();
        KEYS.forEach(key -> engineList(manifest, key, findings));
        if (findings.size() > before) {
            return;
        }
        List<?> named = list(manifest, "engines");
        Set<Object> denied = new HashSet<>(list(manifest, "unsupported_engines"));
        denied.addAll(list(manifest, "unsupport_engine"));
        List<?> both = named.stream().filter(denied::contains).toList();
        if (!both.isEmpty()) {
            findings.add(
                    "/engines",
                    "engines and unsupported_engines overlap: " + both,
                    "name an engine in one of the two lists only");
        }
        boolean someLeft = known.stream()
                .map(EngineId::wire)
                .filter(engine -> named.isEmpty() || named.contains(engine))
                .anyMatch(engine -> !denied.contains(engine));
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

    private static List<?> list(Map<String, ?> manifest, String key) {
        return manifest.get(key) instanceof List<?> list ? list : List.of();
    }

    private void engineList(Map<String, ?> manifest, String key, Findings findings) {
        Object value = manifest.get(key);
        if (value == null) {
            return;
        }
        List<String> allowed = known.stream().map(EngineId::wire).toList();
        if (!(value instanceof List<?> engines)) {
            findings.add("/" + key, key + " must be an array", "write a list of engines: " + allowed);
            return;
        }
        if (engines.isEmpty() && key.equals("engines")) {
            findings.add("/" + key, key + " must not be empty", "leave the key out if all engines will do");
        }
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < engines.size(); i++) {
            Object engine = engines.get(i);
            if (!(engine instanceof String name && allowed.contains(name))) {
                findings.add(
                        "/" + key + "/" + i,
                        key + " names an unknown engine: " + PackageRules.shown(String.valueOf(engine)),
                        "use only " + allowed);
            } else if (!seen.add(engine)) {
                findings.add("/" + key + "/" + i, key + " names " + engine + " twice", "name it once");
            }
        }
    }
}
