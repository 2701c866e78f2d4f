import type { RolloutQuestion } from './question';
import { routersOf } from './routers';
import type { AbTestSpec } from '../../spec/rollout/ab-test';
import type { BlueGreenSpec } from '../../spec/rollout/blue-green';
import type { CanarySpec } from '../../spec/rollout/canary';
import { type EngineSpec, StableScale } from '../../spec/rollout/rollout-engine';
import { literal, sum, type Amount } from '../amount';
import { atLeast, Bound } from '../bound';
import type { Context } from '../context';
import type { Path } from '../traffic/path';

/** The shortest delay that Argo Rollouts holds to be safe, which is also its default. */
const LEAST_SCALE_DOWN_DELAY = 30;

/** A way of release in which two versions run side by side. */
export type SwitchSpec = CanarySpec | AbTestSpec | BlueGreenSpec;

/** Decides what every release between two versions has. */
export function planSwitch(question: RolloutQuestion, spec: SwitchSpec) {
  const { context, paths, capacity, availability } = question;
  return {
    engine: spec.engine,
    routers: routersOf(context.spec),
    propagation: Math.max(...paths.map((path) => path.propagation.value)),
    rollingUpdate: capacity.rollingUpdate,
    progressDeadline: availability.progressDeadline.value,
    ...planDelays(question, spec),
  };
}

/** A time for which something is held: long enough for whatever happens in it. */
export function planHeld(
  { ledger }: Context, name: string, { override, preferred, bounds }: { override?: number; preferred: number; bounds: readonly Bound[] },
): Amount {
  return ledger.decide({ name: `rollout.${name}`, unit: 's', override, preferred, bounds: [...bounds, LASTS] });
}

const LASTS = atLeast(literal(1, 's'), { because: 'nothing can be seen in no time', source: 'the calendar' });

/** What an analysis asks of the time in which it takes place. */
export function judged(seconds: Amount | undefined): Bound[] {
  return seconds === undefined ? [] : [atLeast(seconds, {
    because: 'it is over before the analysis has judged', source: 'the analysis of one share',
  })];
}

/** What every way in asks of the time between two changes of what they send where. */
export function learnt(paths: readonly Path[]): Bound[] {
  return paths.map((path) => atLeast(path.propagation, {
    because: 'requests are still sent to pods that are being removed, and find none', source: 'a way in learns of new weights as slowly as of new pods',
  }));
}

function planDelays(question: RolloutQuestion, spec: SwitchSpec) {
  const { context, paths } = question;
  const { engine } = spec;
  // Flagger removes the canary's pods one interval after their traffic, and a blue-green release calls the delay its bake time.
  if (engine.kind === 'flagger' || hasNoDelay(engine, spec, routersOf(context.spec).length > 0)) {
    return { scaleDownDelay: 0, abortScaleDownDelay: 0 };
  }
  const own = engine.kind === 'argoRollouts' ? engine : undefined;
  const delay = (name: string, override: number | undefined, preferred: number) =>
    planHeld(context, name, { override, preferred, bounds: delayBounds(question, paths) }).value;
  const scaleDownDelay = spec.kind === 'blueGreen' ? 0 : delay('scaleDownDelay', own?.scaleDownDelaySeconds, LEAST_SCALE_DOWN_DELAY);
  return { scaleDownDelay, abortScaleDownDelay: delay('abortScaleDownDelay', own?.abortScaleDownDelaySeconds, scaleDownDelay) };
}

/** Whether Argo Rollouts refuses a delay: it replaces pods one by one, or removes them as their traffic leaves. */
function hasNoDelay(engine: EngineSpec, spec: SwitchSpec, hasRouters: boolean): boolean {
  return engine.kind === 'argoRollouts' && spec.kind !== 'blueGreen' && (!hasRouters || engine.stableScale === StableScale.DYNAMIC);
}

/** What every delay between the last request to a version and the removal of its pods must be. */
export function delayBounds({ context, termination }: RolloutQuestion, paths: readonly Path[]): Bound[] {
  const { gracePeriod } = termination;
  return [
    atLeast(literal(LEAST_SCALE_DOWN_DELAY, 's'), {
      because: 'proxies that have not yet learnt of the change find no pod', source: 'Argo Rollouts: scaleDownDelaySeconds, 30s by default',
    }),
    ...learnt(paths),
    ...paths.map((path) => {
      const served = sum(path.propagation, context.longestExchange);
      return atLeast({
        value: served.value - gracePeriod.value, text: `${served.text} − ${gracePeriod.text}`, isCompound: true,
      }, { because: 'the last request to the old version is cut', source: 'the delay and the grace period follow each other' });
    }),
  ];
}
