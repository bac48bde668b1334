/**
 * What the core asks of an agent CLI. An engine is one {@link skillrunner.application.engine.EngineDriver}; nothing else
 * in the product knows engines by name.
 */
@NullMarked
package skillrunner.application.engine;

import org.jspecify.annotations.NullMarked;
