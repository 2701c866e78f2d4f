import type { Container } from '../../cluster/container';
import type { Rule } from '../rule';
import { shutdownOf } from '../shutdown';
import { exampleOf, type Lines } from './example';
import { imageOf } from './image';
import { containersBeside, servedOf } from './served';

const PROXY: Lines = { name: 'linkerd-proxy', image: 'registry.example.com/linkerd/proxy:edge-25.8.1' };

/** What each proxy carries, by the names of its container and of its image. Istio's has rules of its own. */
const PROXIES: readonly (readonly [name: RegExp, carries: string])[] = [
  [/^(?:linkerd-proxy|linkerd2-proxy|envoy|envoy-proxy|kuma-sidecar|consul-dataplane)$/, 'the requests to the program'],
  [/^(?:cloud-?sql-proxy|gce-proxy|alloydb-auth-proxy|pgbouncer)$/, 'the program\'s connections to its database'],
];

/** A proxy in the pod lives as long as the program that depends on it. */
export const SIDECAR_ENDS_FIRST: Rule = {
  id: 'sidecar-ends-first',
  severity: 'error',
  title: 'A proxy beside the program gets SIGTERM no sooner than the program.',
  why: 'Ordinary containers of a pod get SIGTERM together, each as soon as its own preStop hook is over. Where the program\'s hook waits and its proxy has '
    + 'none, the proxy stops at once, and the requests that the program is kept alive for cannot reach it, or cannot reach their database.',
  inequality: 'preStop of the proxy ≥ preStop of the program',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://linkerd.io/2/tasks/graceful-shutdown/',
  ],
  failing: exampleOf({ beside: [PROXY] }),
  passing: exampleOf({ beside: [{ ...PROXY, lifecycle: '{ preStop: { sleep: { seconds: 10 } } }' }] }),
  check: (context) => servedOf(context).flatMap((served) => {
    const { workload } = served;
    const { preStopSeconds = 0 } = shutdownOf(context.relations, workload, context.assumptionsOf(workload));
    return containersBeside(served).filter(({ isSidecar }) => !isSidecar).flatMap((container) => {
      const carries = carriesOf(container);
      const held = container.preStop === undefined ? 0 : container.preStop.sleepSeconds;
      return carries === undefined || held === undefined || held >= preStopSeconds || isTold(container) ? [] : [{
        object: workload,
        field: container.preStop?.lengthField ?? container.field.get('lifecycle', 'preStop'),
        message: `container ${container.name} gets SIGTERM ${held === 0 ? 'at once' : `after ${held} s`}, `
          + `but carries ${carries}, which gets it only after ${preStopSeconds} s`,
        actual: `${held} s`,
        required: `≥ ${preStopSeconds} s`,
        fix: `make ${container.name} a native sidecar (an init container with restartPolicy: Always), or let its preStop hook take ${preStopSeconds} s`,
      }];
    });
  }),
};

function carriesOf({ name, image }: Container): string | undefined {
  const ofImage = imageOf(image ?? '').repository.split('/').at(-1) ?? '';
  return PROXIES.find(([names]) => names.test(name) || names.test(ofImage))?.[1];
}

/** Cloud SQL's proxy can be told to wait for connections to end. */
function isTold({ field }: Container): boolean {
  const words = ['command', 'args'].flatMap((key) => field.get(key).items().map(({ value }) => String(value)));
  const names = field.get('env').items().map((item) => item.get('name').written());
  return words.some((word) => /max-sigterm-delay|term_timeout|drain/.test(word)) || names.includes('CSQL_PROXY_MAX_SIGTERM_DELAY');
}
