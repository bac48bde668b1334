/** Engines: where they are found, and everything a runner does to look after them. Start at {@link skillrunner.embedding.engine.EngineCapability}. */
@NullMarked
package skillrunner.embedding.engine;

import org.jspecify.annotations.NullMarked;
