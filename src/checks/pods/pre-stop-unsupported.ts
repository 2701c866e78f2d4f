import { runningContainersOf } from '../../cluster/pod-template';
import type { PreStop } from '../../cluster/pre-stop';
import type { Rule } from '../rule';
import { exampleOf } from './example';

/** The version from which the sleep action is on by default, and that from which it may be 0. */
const SLEEP_SINCE = 30;
const ZERO_SINCE = 33;

/** The cluster can run the preStop hook. */
export const PRE_STOP_UNSUPPORTED: Rule = {
  id: 'pre-stop-unsupported',
  severity: 'error',
  title: 'A preStop hook is of a kind that the cluster can run.',
  why: 'The sleep action is on by default since Kubernetes 1.30, and may be 0 since 1.33. An older API server drops what it does not know and then refuses '
    + 'the hook that is left without an action, so nothing can be released. A tcpSocket hook is accepted by every version and fails when it runs: the '
    + 'container gets SIGTERM at once, as if it had no hook.',
  sources: [
    'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations',
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#lifecycle',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/3960-pod-lifecycle-sleep-action',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/4818-allow-zero-value-for-sleep-action-of-prestop-hook',
  ],
  failing: exampleOf({ container: { lifecycle: '{ preStop: { tcpSocket: { port: 3000 } } }' } }),
  passing: exampleOf({ container: { lifecycle: '{ preStop: { sleep: { seconds: 10 } } }' } }),
  check: ({ cluster, kubernetesMinor }) => cluster.workloads.flatMap((workload) =>
    runningContainersOf(workload.template).flatMap(({ name, preStop }) => {
      const fault = preStop && faultOf(preStop, kubernetesMinor);
      return preStop === undefined || fault === undefined ? [] : [{
        object: workload,
        field: preStop.lengthField,
        ...fault,
        message: `the preStop hook of container ${name} ${fault.message}`,
      }];
    })),
};

interface Fault {
  readonly message: string;
  readonly fix: string;
  readonly actual?: string;
  readonly required?: string;
}

function faultOf(preStop: PreStop, kubernetesMinor: number): Fault | undefined {
  return preStop.kind === 'none' ? withoutAction(preStop) : preStop.kind === 'sleep' ? tooNew(preStop, kubernetesMinor) : undefined;
}

function withoutAction({ field }: PreStop): Fault {
  const fix = 'use sleep, exec or httpGet';
  return field.get('tcpSocket').exists
    ? { message: 'is a tcpSocket, which no version of Kubernetes runs, so the container gets SIGTERM at once', fix }
    : { message: 'says nothing that could be run, so Kubernetes refuses the manifest', fix };
}

function tooNew({ sleepSeconds }: PreStop, kubernetesMinor: number): Fault | undefined {
  const since = sleepSeconds === 0 ? ZERO_SINCE : SLEEP_SINCE;
  return kubernetesMinor >= since ? undefined : {
    message: `sleeps for ${sleepSeconds} s, which Kubernetes 1.${kubernetesMinor} does not know and refuses`,
    actual: `1.${kubernetesMinor}`,
    required: `≥ 1.${since}`,
    fix: sleepSeconds === 0 ? 'remove the preStop hook, or let it sleep' : `use exec: { command: [sleep, "${sleepSeconds}"] } instead`,
  };
}
