import { planned, seconds } from './declare';
import { explain } from '../../src/plan/explain';
import { Env } from '../../src/spec/env';
import { Replicas } from '../../src/spec/replicas';
import { Risk } from '../../src/spec/risk';
import { Shutdown } from '../../src/spec/shutdown';

const WHOLE = `payments in namespace shop, Kubernetes 1.30

Assumed
  startsWithin                     60s       default: longest time from the container's start until the program can serve
  longestRequest                   30s       default: longest request that must not be cut
  clusterInternal.propagation      10s       default: kube-proxy: 1.2s at most measured on one node (minSyncPeriod 1s), 5 to 10s are engineering judgement
  nodeDrainTimeout                 600s      default: how long a node drain waits for a pod; 600s is the cluster autoscaler's max-graceful-termination-sec
  schedulingAndPull                300s      default: until a new pod's container starts: a node may have to be added and the image pulled; engineering judgement
  evictionsPerGracePeriod          1         default: pods evicted within one grace period of each other while a release is going on

Derived
  preStop                          10s       ≥ clusterInternal.propagation 10s
                                             ≥ 1s
  drain                            35s       ≥ longestRequest 30s  (declared)
  terminationGracePeriod           50s       ≥ preStop 10s + drain 35s + margin 5s
                                             ≤ nodeDrainTimeout 600s
  startupProbe.period              2s        ≥ 1s
  startupProbe.timeout             2s        ≥ 1s
                                             ≤ startupProbe.period 2s
  startupProbe.failureThreshold    31        ≥ ⌈startsWithin 60s ÷ startupProbe.period 2s⌉ + 1
  readinessProbe.period            5s        ≥ 1s
  readinessProbe.timeout           3s        ≥ 1s
                                             ≤ readinessProbe.period 5s
  readinessProbe.failureThreshold  3         ≥ 1
  livenessProbe.period             10s       ≥ 1s
  livenessProbe.timeout            5s        ≥ 1s
                                             ≤ livenessProbe.period 10s
  livenessProbe.failureThreshold   3         ≥ 1
                                             ≥ ⌈readinessProbe.period 5s × readinessProbe.failureThreshold 3 ÷ livenessProbe.period 10s⌉ + 1
  maxUnavailable                   0         = 0
                                             < replicas 2
  maxSurge                         1         = ⌈25% × replicas 2⌉
                                             ≥ 1 pod
  maxDisrupted                     1         ≥ 1 pod  (overridden)
                                             < replicas 2
  minReady                         15s       ≥ readinessProbe.period 5s × readinessProbe.failureThreshold 3
                                             ≥ clusterInternal.propagation 10s
  progressDeadline                 600s      > schedulingAndPull 300s + startupProbe.failureThreshold 31 × startupProbe.period 2s + minReady 15s
  peakPods                         5         = 2 × replicas 2 + evictionsPerGracePeriod 1 pod

Asked of the program
  - on SIGTERM it stops accepting, finishes what is in flight and exits; until then it serves and stays ready

Asked of the cluster
  - quota and nodes have room for 5 pods of this service

Warnings
  - moving-image-tag: accepted: a demo
  - literal-secret: env TOKEN of payments looks like a secret: whoever reads the manifest reads it; use Env.secretKey
`;

describe('explain', () => {
  test('tells all of one small service', () => {
    const { plan } = planned({
      image: 'payments:latest',
      replicas: Replicas.fixed(2),
      shutdown: Shutdown.drains({ within: seconds(35) }),
      env: { TOKEN: Env.value('hunter2') },
      accept: [Risk.movingImageTag('a demo')],
      overrides: { maxDisrupted: 1 },
    });
    expect(plan.explain()).toBe(WHOLE);
  });

  test('leaves out what there is none of', () => {
    const decisions = [{ name: 'b', value: 1, unit: 's', origin: 'derived', inequalities: [] }];
    expect(explain({ title: 'a', assumptions: [], decisions, requirements: [], warnings: [] })).toBe('a\n\nDerived\n  b  1s\n');
  });
});
