/**
 * What happens to a run, as events of three streams: facts that the server decided (orchestrator), what the engine said (RASP), and
 * what a front end shows (FCMP). The streams follow from the run's moves and from its raw output, by the tables and mappers here,
 * which know neither files nor clocks. Start at {@link skillrunner.domain.journal.MoveEvents} and
 * {@link skillrunner.domain.journal.RaspMapper}.
 */
@NullMarked
package skillrunner.domain.journal;

import org.jspecify.annotations.NullMarked;
