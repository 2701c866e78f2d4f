import { learnt } from './plan-switch';
import type { PlannedLoop } from './planned-rollout';
import type { RolloutQuestion } from './question';
import type { EngineSpec } from '../../spec/rollout/rollout-engine';
import { type Amount, named, sum } from '../amount';
import type { PlannedAnalysis } from '../analysis/planned-analysis';
import { atLeast, type Bound, moreThan } from '../bound';

/** Flagger's own default. */
const CUSTOMARY_INTERVAL = 60;

/** What Flagger is to try a version for. */
interface Tried {
  readonly analysis?: PlannedAnalysis;
  /** What the declaration calls the analysis. */
  readonly name?: string;
  readonly within?: Amount;
}

/** Decides how often Flagger acts on a version that is tried within a time, and how many times. */
export function planFlaggerLoop(
  question: RolloutQuestion, engine: EngineSpec, { analysis, name, within }: Tried,
): PlannedLoop | undefined {
  if (engine.kind !== 'flagger') {
    return undefined;
  }
  const interval = question.context.ledger.decide({
    name: 'rollout.interval',
    unit: 's',
    preferred: CUSTOMARY_INTERVAL,
    bounds: [...learnt(question.paths), ...loopBounds(engine, analysis, name)],
  }).value;
  return { interval, iterations: Math.max(analysis?.count ?? 1, Math.ceil((within?.value ?? 0) / interval)) };
}

/** What Flagger asks of the interval in which it acts: nothing of another engine. */
export function loopBounds(engine: EngineSpec, analysis: PlannedAnalysis | undefined, name = 'analysis'): Bound[] {
  return engine.kind === 'flagger' ? [...measuredBounds(analysis, name), ...hookBounds(engine.webhooks)] : [];
}

/** Flagger measures at the end of each interval, and what it measures must belong to that interval. */
function measuredBounds(analysis: PlannedAnalysis | undefined, name: string): Bound[] {
  return analysis === undefined ? [] : [
    atLeast(named(`${name}.window`, analysis.window, 's'), {
      because: 'a measurement looks back on another share', source: 'Flagger: the interval of a metric must not exceed that of the analysis',
    }),
    atLeast(named(`${name}.initialDelay`, analysis.initialDelay, 's'), {
      because: 'the first measurement judges what was there before', source: 'Flagger: the first measurement comes one interval after the change',
    }),
  ];
}

/** Hooks are called one after another, by the loop that acts. */
function hookBounds(webhooks: ReadonlyArray<{ readonly type: string; readonly name: string; readonly timeoutSeconds: number }>): Bound[] {
  const timeouts = webhooks.filter(({ type }) => type === 'rollout').map(({ name, timeoutSeconds }) => named(`webhook ${name}.timeout`, timeoutSeconds, 's'));
  return timeouts.length === 0 ? [] : [moreThan(sum(...timeouts), {
    because: 'load tests that are slow to answer keep Flagger from acting', source: 'Flagger: the hooks of a type are called one after another in each interval',
  })];
}
