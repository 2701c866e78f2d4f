/** How a measurement, a metric or a whole analysis turned out, in the words of Argo Rollouts. */
export type Phase = 'Successful' | 'Failed' | 'Inconclusive' | 'Error';

/** From best to worst, as Argo Rollouts ranks them: a failure that was measured outweighs whatever could not be. */
const BEST_FIRST: readonly Phase[] = ['Successful', 'Inconclusive', 'Error', 'Failed'];

/** The worst of some phases; nothing where there is none. */
export function worstOf(phases: readonly Phase[]): Phase | undefined {
  return [...phases].sort((one, other) => BEST_FIRST.indexOf(other) - BEST_FIRST.indexOf(one))[0];
}
