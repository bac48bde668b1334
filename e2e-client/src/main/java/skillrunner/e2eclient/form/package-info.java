/** A form made of a skill's schemas, and a job made of what was typed into it. */
@NullMarked
package skillrunner.e2eclient.form;

import org.jspecify.annotations.NullMarked;
