import { suppositionsOf } from './model/alternatives';
import { modelOf } from './model/model-of';
import { openQuestionsOf } from './model/open-questions';
import { simulate } from './simulation/simulate';
import type { Timeline } from './timeline';
import type { Verified } from './verdict';
import { judgedWorkloadsOf, subjectOf } from './verify-cluster';
import type { RuleContext } from '../checks/rule';

/**
 * The timeline that tells most: the first counterexample, or, where every release holds, one release of the first workload as it
 * may go. Nothing where no workload is judged.
 */
export function exampleTimeline({ workloads }: Verified, context: RuleContext): Timeline | undefined {
  const refuted = workloads.flatMap(({ ways }) => ways).map(({ counterexample }) => counterexample).find((timeline) => timeline !== undefined);
  const [first] = judgedWorkloadsOf(context);
  return refuted ?? (first && releaseOf(context, first));
}

function releaseOf(context: RuleContext, workload: Parameters<typeof subjectOf>[1]): Timeline {
  const subject = subjectOf(context, workload);
  const [supposed] = suppositionsOf(openQuestionsOf(subject));
  const model = modelOf(subject, supposed);
  const { trace } = simulate(model, { seed: 1, scenario: 'release', delays: 'uniform' });
  return { ...trace, title: `One release of ${model.workload}` };
}
