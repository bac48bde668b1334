/**
 * What a skill package says about itself: its manifest, what it takes and what it makes. Values only; reading the files
 * is the skill store's job.
 */
@NullMarked
package skillrunner.domain.skill;

import org.jspecify.annotations.NullMarked;
