/**
 * Load drivers that start the built distribution as a user would and measure it. Each measurement is one class; start at
 * {@link skillrunner.benchmarks.Benchmarks}.
 */
@NullMarked
package skillrunner.benchmarks;

import org.jspecify.annotations.NullMarked;
