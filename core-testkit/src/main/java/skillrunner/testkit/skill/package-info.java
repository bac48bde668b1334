/** Skills in memory. Start at {@link skillrunner.testkit.skill.SkillBuilder}. */
@NullMarked
package skillrunner.testkit.skill;

import org.jspecify.annotations.NullMarked;
