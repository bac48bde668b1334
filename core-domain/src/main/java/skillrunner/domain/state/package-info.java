/**
 * State machines as data. A life cycle is one {@link skillrunner.domain.state.TransitionTable}; policies, tests and the
 * diagrams under {@code docs/state-machines} all read the same rows.
 */
@NullMarked
package skillrunner.domain.state;

import org.jspecify.annotations.NullMarked;
