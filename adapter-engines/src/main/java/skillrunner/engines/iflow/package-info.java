/**
 * iFlow's iflow: what it takes to look after it, how it is called, and how its text is read. Start at
 * {@link skillrunner.engines.iflow.IflowDriver}.
 */
@NullMarked
package skillrunner.engines.iflow;

import org.jspecify.annotations.NullMarked;
