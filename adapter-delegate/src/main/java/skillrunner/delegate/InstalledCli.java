package skillrunner.delegate;

import java.util.Map;

/**
 * An engine's program as a session holds it.
 *
 * @param program its absolute path
 * @param variables what every start of it gets
 */
record InstalledCli(String program, Map<String, String> variables) {}
