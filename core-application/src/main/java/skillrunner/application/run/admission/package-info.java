/** From a client's request to a queued run: what is asked is checked, files are taken, a key is used once, an earlier answer is shared. */
@NullMarked
package skillrunner.application.run.admission;

import org.jspecify.annotations.NullMarked;
