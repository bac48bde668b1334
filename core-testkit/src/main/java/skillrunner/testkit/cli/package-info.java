/**
 * Agent CLIs for tests: small scripts that speak the output formats of the real ones and do what the prompt says. Start
 * at {@link skillrunner.testkit.cli.ScriptedCli}.
 */
@NullMarked
package skillrunner.testkit.cli;

import org.jspecify.annotations.NullMarked;
