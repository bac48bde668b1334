/** The lists of models that an engine's package brings. */
@NullMarked
package skillrunner.engines.models;

import org.jspecify.annotations.NullMarked;
