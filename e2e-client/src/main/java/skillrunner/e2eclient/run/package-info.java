/** Pages and addresses of a run: watching it, answering it, its result, its recording. */
@NullMarked
package skillrunner.e2eclient.run;

import org.jspecify.annotations.NullMarked;
