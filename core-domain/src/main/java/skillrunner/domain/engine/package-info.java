/** The agent CLIs this product knows, by name. */
@NullMarked
package skillrunner.domain.engine;

import org.jspecify.annotations.NullMarked;
