import { loopBounds } from './flagger-loop';
import { judged, learnt, planHeld, planSwitch } from './plan-switch';
import type { PlannedCanary, PlannedSessionCookie } from './planned-rollout';
import type { RolloutQuestion } from './question';
import { planShares } from './shares';
import type { CanarySpec } from '../../spec/rollout/canary';
import { type Amount, literal, product } from '../amount';
import { planAnalysis } from '../analysis/plan-analysis';
import { atLeast } from '../bound';

const CUSTOMARY_STEP = 300;
const CUSTOMARY_COOKIE = 86_400;

/** Decides a release by growing shares. */
export function planCanary(question: RolloutQuestion, spec: CanarySpec): PlannedCanary {
  const { context, paths } = question;
  // Copies are judged as the first share is, and may be fewer.
  const analysis = planAnalysis(question, spec.analysis, Math.min(spec.steps[0], spec.mirrorPercent ?? 100));
  const held = planHeld(context, 'stepDuration', {
    override: spec.stepSeconds,
    preferred: CUSTOMARY_STEP,
    bounds: [...judged(analysis?.seconds), ...learnt(paths), ...loopBounds(spec.engine, analysis?.planned)],
  });
  const { steps, mirror } = planShares(question, spec);
  return {
    kind: 'canary',
    ...planSwitch(question, spec),
    analysis: analysis?.planned,
    steps: spec.steps.map((weight, index) => ({
      weight, seconds: held.value, awaitsApproval: spec.approvalAt.includes(weight), pods: steps[index],
    })),
    header: spec.header,
    mirrorPercent: spec.mirrorPercent,
    mirrorPods: mirror,
    sessionCookie: planSessionCookie(question, spec, held),
    loop: spec.engine.kind === 'flagger' ? { interval: held.value } : undefined,
  };
}

/** A cookie that ends before the release moves its client to and fro. */
function planSessionCookie({ context }: RolloutQuestion, spec: CanarySpec, held: Amount): PlannedSessionCookie | undefined {
  const { ledger, spec: { name } } = context;
  const { sessionCookie } = spec;
  return sessionCookie && {
    name: sessionCookie.name ?? `${name}-canary`,
    maxAgeSeconds: ledger.decide({
      name: 'rollout.sessionCookie.maxAge',
      unit: 's',
      override: sessionCookie.maxAgeSeconds,
      preferred: CUSTOMARY_COOKIE,
      bounds: [atLeast(product(literal(spec.steps.length, ''), held), {
        because: 'a client changes versions in the middle of a release', source: 'RFC 6265: a client forgets a cookie after its Max-Age',
      })],
    }).value,
  };
}
