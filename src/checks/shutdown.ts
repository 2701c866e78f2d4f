import type { WorkloadAssumptions } from '../assumptions/assumptions';
import type { Container } from '../cluster/container';
import type { PodTemplate } from '../cluster/pod-template';
import type { PreStop } from '../cluster/pre-stop';
import type { Relations } from '../cluster/relations';
import { servingContainersOf } from '../cluster/serving';
import type { Workload } from '../cluster/workload';

/** How a workload's pods end, as far as manifests and assumptions say. */
export interface Shutdown {
  /** The hook that holds back SIGTERM from the program, the shortest where several containers serve. */
  readonly preStop?: PreStop;
  /** 0 where there is no hook, nothing where a hook's length cannot be read. */
  readonly preStopSeconds?: number;
  readonly drainSeconds: number;
  readonly longestRequestSeconds: number;
}

/** Reads how a workload's pods end. A program that exits at once needs no time to drain. */
export function shutdownOf(relations: Relations, workload: Workload, assumptions: WorkloadAssumptions): Shutdown {
  const hooks = servingContainersOf(relations, workload).map((container) => hookHoldingBack(container, workload.template));
  const lengths = hooks.map((hook) => hook === undefined ? 0 : hook.sleepSeconds);
  const shortest = lengths.includes(undefined) ? undefined : Math.min(...lengths as number[]);
  const longestRequestSeconds = assumptions.numberOf('longest-request-seconds');
  const exitsAtOnce = assumptions.word('shutdown') === 'exits-at-once';
  return {
    preStop: hooks[lengths.indexOf(shortest)],
    preStopSeconds: hooks.length === 0 ? 0 : shortest,
    drainSeconds: exitsAtOnce ? 0 : assumptions.number('drain-seconds') ?? longestRequestSeconds,
    longestRequestSeconds,
  };
}

/**
 * The hook that holds SIGTERM back from a container. A native sidecar is signalled after all other containers have ended, so
 * their hooks hold it back as well as its own, and the longest decides.
 */
export function hookHoldingBack(container: Container, template: PodTemplate): PreStop | undefined {
  const others = container.isSidecar ? template.containers : [];
  const hooks = [container, ...others].flatMap(({ preStop }) => preStop ?? []);
  return hooks.find(({ sleepSeconds }) => sleepSeconds === undefined)
    ?? hooks.reduce<PreStop | undefined>((longest, hook) => (hook.sleepSeconds ?? 0) > (longest?.sleepSeconds ?? -1) ? hook : longest, undefined);
}
