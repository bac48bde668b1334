/** What an agent, a client or a package may leave in a folder to harm whoever reads it. */
@NullMarked
package skillrunner.testkit.hostile;

import org.jspecify.annotations.NullMarked;
