/**
 * Installed skills and the schemas they carry. Start at {@link skillrunner.application.skill.SkillStore}; people who look
 * after skills see them through {@link skillrunner.application.skill.BrowseSkills}.
 */
@NullMarked
package skillrunner.application.skill;

import org.jspecify.annotations.NullMarked;
