package skillrunner.application.engine;

import skillrunner.domain.engine.EngineId;

/**
 * Says what people do where an engine can't be used. The core knows neither the pages nor the commands around it, so whoever puts
 * it together tells them. Immutable.
 */
public interface EngineRemedies {
    /**
     * Says how a CLI comes onto the machine.
     *
     * @param engine the engine without a CLI
     * @return a sentence for people, with its full stop left out
     */
    String ofMissingCli(EngineId engine);

    /**
     * Says how a CLI becomes one that can be driven.
     *
     * @param engine the engine whose CLI has a version that nobody knows
     * @return a sentence for people, with its full stop left out
     */
    String ofUnknownVersion(EngineId engine);
}
