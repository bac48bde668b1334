/**
 * Installed skills as folders. Start at {@link skillrunner.workspace.skill.FilesystemSkillStore}. Safe for concurrent use.
 */
@NullMarked
package skillrunner.workspace.skill;

import org.jspecify.annotations.NullMarked;
