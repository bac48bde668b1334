package skillrunner.domain.problem;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.ExecutionMode;

/** Facts beside the reason of a refusal, from which a program can tell what it may ask for instead. */
public sealed interface RefusalFacts {
    /**
     * A skill does not run on the engine that was asked for.
     *
     * @param declared the engines its manifest names; empty for all
     * @param unsupported the engines its manifest rules out
     * @param effective the engines of this server it runs on
     * @param requested the engine that was asked for
     */
    record SkillEngines(
            List<EngineId> declared, List<EngineId> unsupported, List<EngineId> effective, EngineId requested)
            implements RefusalFacts {
        /** Copies the lists and refuses null parts. */
        public SkillEngines {
            declared = List.copyOf(declared);
            unsupported = List.copyOf(unsupported);
            effective = List.copyOf(effective);
            Objects.requireNonNull(requested);
        }
    }

    /**
     * A skill does not run in the mode that was asked for, or its engine can't.
     *
     * @param declared the modes its manifest names
     * @param requested the mode that was asked for
     */
    record SkillModes(List<ExecutionMode> declared, ExecutionMode requested) implements RefusalFacts {
        /** Copies the list and refuses null parts. */
        public SkillModes {
            declared = List.copyOf(declared);
            Objects.requireNonNull(requested);
        }
    }

    /**
     * Who has what only one may have at a time.
     *
     * @param purpose what for: {@code sign_in}, {@code sign_out} or {@code terminal}
     * @param engine the engine it works with
     * @param session names its session
     */
    record InUse(String purpose, EngineId engine, String session) implements RefusalFacts {
        /** Refuses null parts. */
        public InUse {
            Objects.requireNonNull(purpose);
            Objects.requireNonNull(engine);
            Objects.requireNonNull(session);
        }
    }

    /**
     * What became of a question that is answered too late.
     *
     * @param number the question
     * @param response the answer that counts; empty for null, and if the run ended without one
     * @param decidedBy who took the decision
     * @param decidedAt when
     */
    record Decided(int number, Optional<Object> response, String decidedBy, Instant decidedAt) implements RefusalFacts {
        /** Refuses null parts. */
        public Decided {
            Objects.requireNonNull(response);
            Objects.requireNonNull(decidedBy);
            Objects.requireNonNull(decidedAt);
        }
    }
}
