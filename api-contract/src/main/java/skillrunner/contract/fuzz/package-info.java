/**
 * Asks a running server what its document describes, well and badly, and judges every answer. Start at
 * {@link skillrunner.contract.fuzz.Fuzzer}; what it finds is a {@link skillrunner.contract.fuzz.FuzzReport}. All that is random
 * follows from a seed, but for the order in which several connections meet the server.
 */
@NullMarked
package skillrunner.contract.fuzz;

import org.jspecify.annotations.NullMarked;
