/** Settings of engines as plain values, laid over one another. */
@NullMarked
package skillrunner.engines.settings;

import org.jspecify.annotations.NullMarked;
