/** The catalogue of models: what each engine's CLI may be asked for, and how a list for a new version comes in. */
@NullMarked
package skillrunner.application.model;

import org.jspecify.annotations.NullMarked;
