/**
 * A client of the server. {@link skillrunner.client.SkillRunnerClient} is where to begin.
 *
 * <p>Every operation of the server is a method of a class in {@link skillrunner.client.api}, generated from the server's OpenAPI document.
 * What takes more than one call is written by hand and lies here: to submit with files, to follow a run to its end over cuts and restarts,
 * to prove by the receipt that everything arrived, and calls as they are, for whoever passes answers on.
 */
@NullMarked
package skillrunner.client;

import org.jspecify.annotations.NullMarked;
