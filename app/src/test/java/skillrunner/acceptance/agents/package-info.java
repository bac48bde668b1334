/** Other agents that call skills as tools: by the library of the protocol, by the inspector of its makers, and by hand. */
package skillrunner.acceptance.agents;
