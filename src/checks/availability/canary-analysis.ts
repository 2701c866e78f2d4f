import type { Rule } from '../rule';
import { CANARY, DEPLOYMENT, PODS } from './example-manifests';
import { flaggerCanariesOf } from '../../cluster/flagger-canary';

const RELEASED = `${DEPLOYMENT}
  replicas: 2
  ${PODS}
${CANARY}
  provider: istio
  analysis: { interval: 1m, threshold: 5, stepWeight: 10, maxWeight: 50, metrics: [{ name: request-success-rate, thresholdRange: { min: 99 } }] }
`;

/** A Canary's analysis comes to an end. */
export const CANARY_ANALYSIS: Rule = {
  id: 'canary-analysis',
  severity: 'error',
  title: 'The analysis of a Flagger Canary has steps and a weight that can be reached.',
  why: 'Flagger moves on by stepWeight, by stepWeights or by iterations. With none of them it checks the new version again and again and never sends it '
    + 'a request, so nothing is released. A maxWeight above 100 is never reached: all requests go to the canary, and it is never promoted.',
  sources: ['https://docs.flagger.app/usage/deployment-strategies', 'https://github.com/fluxcd/flagger/blob/main/pkg/controller/scheduler.go'],
  failing: RELEASED.replace('stepWeight: 10, maxWeight: 50, ', ''),
  passing: RELEASED,
  check: ({ cluster }) => flaggerCanariesOf(cluster).filter(({ skipsAnalysis, analysis }) => !skipsAnalysis && analysis.exists).flatMap((canary) => {
    const { analysis, provider, name } = canary;
    const [step, iterations, maxWeight] = ['stepWeight', 'iterations', 'maxWeight'].map((field) => analysis.get(field).number() ?? 0);
    const steps = analysis.get('stepWeights').items();
    // Flagger takes ten iterations where requests cannot be split.
    if (step <= 0 && iterations <= 0 && steps.length === 0 && provider !== 'kubernetes') {
      return [{
        object: canary,
        field: analysis.get('stepWeight'),
        message: `the analysis of Canary ${name} has neither stepWeight nor stepWeights nor iterations, so no release goes on`,
        fix: 'set stepWeight and maxWeight, or iterations',
      }];
    }
    return maxWeight <= 100 || iterations > 0 || steps.length > 0 ? [] : [{
      object: canary,
      field: analysis.get('maxWeight'),
      message: `maxWeight ${maxWeight} of Canary ${name} is never reached, so all requests go to a canary that is never promoted`,
      actual: `${maxWeight}`,
      required: '≤ 100',
      fix: 'set maxWeight to at most 100',
    }];
  }),
};
