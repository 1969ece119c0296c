/**
 * What a record survives once its promise has resolved.
 *
 * - `powerSafe`: a power cut too. It is on disk; records asked for together share one wait for it. For confirmed answers, ends
 *   of runs, save journals, and calls that cost money or reach another machine.
 * - `killSafe`: the death of the process, by whatever signal. It was handed to the system. For everything else: a power cut
 *   takes objects that were not saved together with the intents that speak of them.
 */
export type Durability = 'powerSafe' | 'killSafe';
