import { PATHS, type PathName } from '../cluster/ways-in';

/** Something that manifests do not show and a verdict needs. */
export interface KnownAssumption {
  /** The name on the command line, and behind `zero-downtime/` as an annotation. */
  readonly key: string;
  readonly meaning: string;
  readonly unit?: 's' | 'pods' | 'connections';
  /** The words that it may be, where it is no number. */
  readonly words?: readonly string[];
  /** The least number that it may be. 0 where nothing is said. */
  readonly atLeast?: number;
  /** Taken where nobody says otherwise. Absent: nothing is taken, and a verdict that needs it is UNKNOWN. */
  readonly default?: number | string;
  /** Where the default comes from. */
  readonly source?: string;
}

const PROPAGATION: Readonly<Record<PathName, readonly [seconds: number, meaning: string, source: string]>> = {
  clusterInternal: [10, 'every kube-proxy', 'measured 1.2 s on one node (minSyncPeriod 1 s); 5 to 10 s for larger clusters is judgement'],
  headless: [35, 'everybody who looks the name up', 'CoreDNS answers are kept for 30 s in the usual configuration, and 5 s for the endpoints; '
    + 'clients that keep them longer are not covered'],
  istio: [15, 'every Envoy', 'changes are gathered for up to 10 s (PILOT_DEBOUNCE_MAX); 5 s for the push is judgement'],
  awsLoadBalancer: [60, 'the Application Load Balancer', 'losses with 5 s, none with 25 to 70 s: aws-load-balancer-controller issues 1064 and 2106'],
  networkLoadBalancer: [180, 'the Network Load Balancer', '2 to 3 minutes whatever the delay: aws-load-balancer-controller issues 2366 and 3270'],
  ingressNginx: [10, 'ingress-nginx', 'its controller syncs every 3.3 s at most, its balancer reads endpoints every second; judgement'],
  httpRoute: [30, 'the Gateway', 'none published; judgement'],
  grpcRoute: [30, 'the Gateway', 'none published; judgement'],
  otherIngress: [30, 'the Ingress controller', 'none published; judgement'],
};

/** All that can be assumed, in the order in which it is explained. */
export const KNOWN_ASSUMPTIONS: readonly KnownAssumption[] = [
  ...PATHS.map((path): KnownAssumption => ({
    key: propagationKey(path),
    unit: 's',
    meaning: `from a pod's deletion until ${PROPAGATION[path][1]} has dropped it, and from its readiness until it has taken it in`,
    default: PROPAGATION[path][0],
    source: PROPAGATION[path][2],
  })),
  { key: 'longest-request-seconds', unit: 's', meaning: 'the longest request that must not be cut', default: 10, source: 'judgement' },
  { key: 'shutdown', meaning: 'what the program does on SIGTERM: finish its requests and exit, or exit at once', words: ['drains', 'exits-at-once'] },
  {
    key: 'drain-seconds',
    unit: 's',
    meaning: 'after how long a draining program exits whatever is in flight; '
    + 'as long as the longest request where nothing is said',
  },
  { key: 'pre-stop-seconds', unit: 's', meaning: 'how long a preStop hook holds SIGTERM back whose length cannot be read from it' },
  {
    key: 'starts-within-seconds',
    unit: 's',
    meaning: 'the longest start, from the container to the first connection it accepts',
    default: 60,
    source: 'judgement; where a startup probe is written its budget is taken',
  },
  { key: 'starts-after-seconds', unit: 's', meaning: 'the shortest start', default: 0, source: 'nothing keeps a program from starting at once' },
  {
    key: 'schedule-seconds',
    unit: 's',
    meaning: 'from a pod\'s creation to its container: scheduling, a new node, the image',
    default: 300,
    source: 'judgement: a node is added, a large image is pulled',
  },
  {
    key: 'kept-connections',
    meaning: 'whether whoever keeps a connection is told before it is closed (Connection: close, GOAWAY) '
    + 'or repeats what was never read',
    words: ['announced', 'closed'],
    default: 'announced',
    source: 'what HTTP servers do that drain; a reset of about one in 5,000 requests remains where they do not',
  },
  { key: 'keep-alive-seconds', unit: 's', meaning: 'after how many idle seconds the program closes a connection' },
  { key: 'max-connection-age-seconds', unit: 's', meaning: 'the longest life of one stream' },
  {
    key: 'istio-sidecar',
    meaning: 'whether Istio\'s proxy is a native sidecar (the default since Istio 1.27 on Kubernetes 1.33)',
    words: ['native', 'legacy'],
  },
  {
    key: 'readiness-gates',
    meaning: 'whether pods behind a load balancer of AWS get its readiness gates '
    + '(namespace label elbv2.k8s.aws/pod-readiness-gate-inject=enabled), where the Namespace is not among the objects',
    words: ['injected', 'absent'],
  },
  {
    key: 'evictions',
    unit: 'pods',
    meaning: 'how many pods may be evicted or deleted in the middle of a release',
    default: 1,
    source: 'one node that is drained, with the pods spread',
  },
  { key: 'required-ready', unit: 'pods', meaning: 'how many pods carry the load', default: 1, atLeast: 1, source: 'nothing said: any pod may carry it' },
  { key: 'nodes', unit: 'pods', meaning: 'on how many nodes a DaemonSet runs', default: 3, atLeast: 1, source: 'judgement' },
  {
    key: 'kubelet-seconds',
    unit: 's',
    meaning: 'how much later than asked the kubelet ends a hook or signals a container',
    default: 1,
    source: 'measured 0.1 s at most on one node',
  },
  { key: 'pool-size', unit: 'connections', meaning: 'the most database connections of one pod' },
  { key: 'max-connections', unit: 'connections', meaning: 'the most connections of the database' },
  { key: 'reserved-connections', unit: 'connections', meaning: 'those of them that others use', default: 0, source: 'nothing said' },
];

/** The key of a way's propagation bound. */
export function propagationKey(path: PathName): string {
  return `propagation-seconds.${path}`;
}

const BY_KEY = new Map(KNOWN_ASSUMPTIONS.map((known) => [known.key, known]));

/** The assumption of a name, where there is one. */
export function tryFindKnown(key: string): KnownAssumption | undefined {
  return BY_KEY.get(key);
}
