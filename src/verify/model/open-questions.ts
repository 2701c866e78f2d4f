import type { OpenQuestion } from './alternatives';
import type { Subject } from './subject';
import { saysGated } from './way-in-model';
import { hookHoldingBack } from '../../checks/shutdown';
import { saysNativeSidecar } from '../../cluster/istio-proxy-config';
import { hasIstioSidecar } from '../../cluster/mesh';

/** What manifests leave open about a workload and nobody has said, with the values that bound what it can be. */
export function openQuestionsOf(subject: Subject): readonly OpenQuestion[] {
  const { assumptions, workload, relations, serving, ways } = subject;
  const open: OpenQuestion[] = [];
  if (assumptions.word('shutdown') === undefined) {
    open.push({ key: 'shutdown', values: ['drains', 'exits-at-once'] });
  }
  const hooks = serving.flatMap((container) => hookHoldingBack(container, workload.template) ?? []);
  if (hooks.some(({ sleepSeconds }) => sleepSeconds === undefined) && assumptions.number('pre-stop-seconds') === undefined) {
    open.push({ key: 'pre-stop-seconds', values: [0, bestPreStop(subject)] });
  }
  if (hasIstioSidecar(relations.cluster, workload) && saysNativeSidecar(workload.template) === undefined && assumptions.word('istio-sidecar') === undefined) {
    open.push({ key: 'istio-sidecar', values: ['native', 'legacy'] });
  }
  if (ways.some(({ targetType }) => targetType === 'ip') && saysGated(subject) === undefined && assumptions.word('readiness-gates') === undefined) {
    open.push({ key: 'readiness-gates', values: ['injected', 'absent'] });
  }
  return open;
}

/** The length of a hook that is best for every request: all that the grace period leaves beside the longest one. */
function bestPreStop({ workload, assumptions }: Subject): number {
  const forRequests = assumptions.numberOf('longest-request-seconds') + assumptions.numberOf('kubelet-seconds');
  return Math.max(0, workload.template.terminationGracePeriodSeconds - forRequests);
}
