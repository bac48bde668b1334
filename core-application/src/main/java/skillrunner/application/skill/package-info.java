/**
 * Installed skills and the schemas they carry. Start at {@link skillrunner.application.skill.SkillStore}.
 */
@NullMarked
package skillrunner.application.skill;

import org.jspecify.annotations.NullMarked;
