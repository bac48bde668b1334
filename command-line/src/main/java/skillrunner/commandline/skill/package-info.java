/** Looking at the skills of a server and installing them. Start at {@link skillrunner.commandline.skill.SkillCommands}. */
@NullMarked
package skillrunner.commandline.skill;

import org.jspecify.annotations.NullMarked;
