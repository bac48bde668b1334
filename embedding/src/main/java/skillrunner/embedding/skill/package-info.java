/** Everything a runner does about skills. Start at {@link skillrunner.embedding.skill.SkillCapability}. */
@NullMarked
package skillrunner.embedding.skill;

import org.jspecify.annotations.NullMarked;
