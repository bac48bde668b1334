/**
 * What all commands share: which server they talk to and as whom, what they find around them, and how they fail. Start at {@link
 * skillrunner.commandline.server.Connection}.
 */
@NullMarked
package skillrunner.commandline.server;

import org.jspecify.annotations.NullMarked;
