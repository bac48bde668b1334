/** The pages of skills: the list, and the form that starts a run. */
@NullMarked
package skillrunner.e2eclient.skill;

import org.jspecify.annotations.NullMarked;
