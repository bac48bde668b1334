/**
 * Skill Runner inside another program, without HTTP. Start at {@link skillrunner.embedding.SkillRunner}; how it should be is said with
 * {@link skillrunner.embedding.settings.RunnerSettings}. The other packages are the wiring that the server stands on as well.
 */
@NullMarked
package skillrunner.embedding;

import org.jspecify.annotations.NullMarked;
