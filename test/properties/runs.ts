/** How often a property runs, and from which seed: FC_SEED repeats a failure, whose message names the seed. */
export function runs(numRuns: number): { numRuns: number; seed: number } {
  return { numRuns, seed: Number(process.env.FC_SEED ?? Date.now() % 2_147_483_647) };
}
