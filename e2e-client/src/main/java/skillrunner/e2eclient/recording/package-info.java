/** Recordings of what a person did with a run, one file each, which can be replayed without a server. */
@NullMarked
package skillrunner.e2eclient.recording;

import org.jspecify.annotations.NullMarked;
