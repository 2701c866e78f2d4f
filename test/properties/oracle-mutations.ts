import type { Manifest, OracleOptions } from './oracle-reading';

/** A change that breaks one rule. */
export interface Mutation {
  readonly mutate: (manifests: Manifest[]) => void;
  readonly options?: Partial<OracleOptions>;
  /** Rules that cannot hold either where this one is broken. */
  readonly alsoBreaks?: string[];
}

function find(manifests: Manifest[], kind: string, name?: string): Manifest {
  return manifests.find((manifest) => manifest.kind === kind && (name === undefined || manifest.metadata.name === name))!;
}

const deployment = (manifests: Manifest[]) => find(manifests, 'Deployment');
const pod = (manifests: Manifest[]): Manifest => deployment(manifests).spec.template;
const container = (manifests: Manifest[]): Manifest => pod(manifests).spec.containers[0];
const alb = (manifests: Manifest[]) => find(manifests, 'Ingress', 'payments-alb');
const route = (manifests: Manifest[]): Manifest => find(manifests, 'VirtualService').spec.http[0];

function mutating(mutate: (manifests: Manifest[]) => void, ...alsoBreaks: string[]): Mutation {
  return { mutate, alsoBreaks };
}

function fact(name: string, value: string): (manifests: Manifest[]) => void {
  return (manifests) => {
    deployment(manifests).metadata.annotations[`zero-downtime/${name}`] = value;
  };
}

type Annotations = Record<string, string>;

function annotating(subject: (manifests: Manifest[]) => Manifest, change: (annotations: Annotations) => void): (manifests: Manifest[]) => void {
  return (manifests) => change(subject(manifests).metadata.annotations);
}

function istioConfig(change: (config: Manifest) => void): (manifests: Manifest[]) => void {
  return annotating(pod, (annotations) => {
    const config = JSON.parse(annotations['proxy.istio.io/config']);
    change(config);
    annotations['proxy.istio.io/config'] = JSON.stringify(config);
  });
}

/** A plain sidecar whose hook ends before the program has. */
function addHastySidecar(manifests: Manifest[]): void {
  pod(manifests).spec.containers.push({ name: 'hasty', lifecycle: { preStop: { sleep: { seconds: 1 } } } });
}

const termination: Record<string, Mutation> = {
  'preStop-covers-propagation': mutating((all) => { container(all).lifecycle.preStop.sleep.seconds = 179; }),
  'drain-covers-requests': mutating(fact('drain-seconds', '59')),
  'grace-covers-drain': mutating((all) => {
    container(all).lifecycle.preStop.sleep.seconds = 300;
    pod(all).spec.terminationGracePeriodSeconds = 364;
    istioConfig((config) => Object.assign(config, { terminationDrainDuration: '360s', drainDuration: '360s' }))(all);
    find(all, 'HorizontalPodAutoscaler').spec.behavior.scaleDown.stabilizationWindowSeconds = 3600;
  }),
  'grace-exceeds-preStop': mutating((all) => {
    container(all).lifecycle.preStop.sleep.seconds = pod(all).spec.terminationGracePeriodSeconds;
  }, 'grace-covers-drain', 'istio-proxy-outlives-program'),
  'deregistration-covers-requests': mutating(annotating(alb, (annotations) => {
    annotations['alb.ingress.kubernetes.io/target-group-attributes'] = 'deregistration_delay.timeout_seconds=59';
  })),
  'grace-covers-deregistration': mutating(annotating(alb, (annotations) => {
    annotations['alb.ingress.kubernetes.io/target-group-attributes'] = 'deregistration_delay.timeout_seconds=300';
  })),
  'istio-proxy-outlives-program': mutating(istioConfig((config) => { config.terminationDrainDuration = '239s'; })),
  'istio-proxy-ends-in-grace': mutating(istioConfig((config) => Object.assign(config, { terminationDrainDuration: '1h', drainDuration: '1h' }))),
  'istio-listeners-outlive-proxy': mutating(istioConfig((config) => { delete config.drainDuration; })),
  'sleep-action-is-known': { mutate: () => undefined, options: { kubernetesMinor: 29 }, alsoBreaks: ['same-zone-has-two-pods'] },
  'plain-sidecar-outlives-program': mutating(addHastySidecar),
  'native-sidecar-is-known': {
    mutate: (all) => {
      container(all).lifecycle.preStop = { exec: { command: ['sleep', '180'] } };
      pod(all).spec.initContainers = [{ name: 'beside', restartPolicy: 'Always' }];
    },
    options: { kubernetesMinor: 28 },
    alsoBreaks: ['same-zone-has-two-pods'],
  },
  'told-age-keeps-the-bound': mutating((all) => {
    container(all).env.find(({ name }: Manifest) => name === 'ZERO_DOWNTIME_MAX_CONNECTION_AGE_SECONDS').value = '60';
  }),
};

const startup: Record<string, Mutation> = {
  'probes-exist': mutating((all) => { delete container(all).startupProbe; }, 'startup-budget-covers-start'),
  'startup-budget-covers-start': mutating((all) => { container(all).startupProbe.failureThreshold = 30; }),
  'progress-deadline-covers-start': mutating((all) => { deployment(all).spec.progressDeadlineSeconds = 60; }),
  'min-ready-sees-flapping': mutating((all) => {
    container(all).readinessProbe.failureThreshold = 7;
    container(all).livenessProbe.failureThreshold = 10;
  }),
  'min-ready-covers-propagation': mutating((all) => { deployment(all).spec.minReadySeconds = 29; }),
  'liveness-is-slower': mutating((all) => { container(all).livenessProbe.failureThreshold = 2; }),
  'probe-timeouts-fit': mutating((all) => { container(all).readinessProbe.timeoutSeconds = 6; }),
};

const capacity: Record<string, Mutation> = {
  'release-can-start': mutating((all) => { deployment(all).spec.strategy.rollingUpdate = { maxSurge: 0, maxUnavailable: '20%' }; }),
  'release-leaves-a-pod': mutating((all) => { deployment(all).spec.strategy.rollingUpdate.maxUnavailable = 4; }, 'ejection-leaves-a-pod'),
  'strategy-is-rolling': mutating((all) => { deployment(all).spec.strategy.type = 'Recreate'; }),
  'autoscaled-has-no-replicas': mutating((all) => { deployment(all).spec.replicas = 4; }),
  'fixed-has-replicas': mutating((all) => {
    all.splice(all.indexOf(find(all, 'HorizontalPodAutoscaler')), 1);
    all.splice(all.indexOf(find(all, 'PodDisruptionBudget')), 1);
    delete find(all, 'DestinationRule').spec.trafficPolicy.outlierDetection;
    delete find(all, 'Service', 'payments').spec.trafficDistribution;
  }),
  'one-disruption-budget': mutating((all) => { all.unshift({ ...find(all, 'PodDisruptionBudget'), metadata: { name: 'second', namespace: 'shop' } }); }),
  'disruption-budget-is-usable': mutating((all) => { find(all, 'PodDisruptionBudget').spec.maxUnavailable = 0; }),
  'unready-pods-may-be-evicted': mutating((all) => { delete find(all, 'PodDisruptionBudget').spec.unhealthyPodEvictionPolicy; }),
  'spread-is-by-version': mutating((all) => { delete pod(all).spec.topologySpreadConstraints[0].labelSelector; }),
  'connections-suffice': mutating(fact('max-connections', '402')),
  'ejection-leaves-a-pod': mutating((all) => { find(all, 'DestinationRule').spec.trafficPolicy.outlierDetection.maxEjectionPercent = 100; }),
  'scale-down-waits-a-turn': mutating((all) => { delete find(all, 'HorizontalPodAutoscaler').spec.behavior; }),
  'autoscaler-bounds-are-ordered': mutating((all) => { find(all, 'HorizontalPodAutoscaler').spec.maxReplicas = 3; }),
};

const traffic: Record<string, Mutation> = {
  'keep-alive-exceeds-idle': mutating(fact('keep-alive-seconds', '60')),
  'idle-timeout-exceeds-request': mutating(annotating(alb, (annotations) => {
    annotations['alb.ingress.kubernetes.io/load-balancer-attributes'] = 'idle_timeout.timeout_seconds=30';
  })),
  'stickiness-wants-ip-targets': mutating(annotating(alb, (annotations) => { annotations['alb.ingress.kubernetes.io/target-type'] = 'instance'; }), 'targets-are-pods'),
  'targets-are-pods': mutating(annotating((all) => find(all, 'Service', 'payments-nlb'), (annotations) => {
    delete annotations['service.beta.kubernetes.io/aws-load-balancer-nlb-target-type'];
  })),
  'traffic-comes-before-pods': mutating((all) => { all.push(...all.splice(all.indexOf(alb(all)), 1)); }),
  'destination-comes-before-route': mutating((all) => { all.push(...all.splice(all.indexOf(find(all, 'DestinationRule')), 1)); }),
  'unready-pods-get-nothing': mutating((all) => { find(all, 'Service').spec.publishNotReadyAddresses = true; }),
  'same-zone-has-two-pods': { mutate: () => undefined, options: { zones: 3 } },
  'retries-fit-the-timeout': mutating((all) => { Object.assign(route(all), { timeout: '194s', retries: { ...route(all).retries, perTryTimeout: '65s' } }); }),
  'tries-cover-requests': mutating((all) => { route(all).retries.perTryTimeout = '64s'; }),
  'retries-are-safe': mutating((all) => { delete route(all).retries; }),
  'route-timeouts-exceed-requests': mutating((all) => { find(all, 'HTTPRoute').spec.rules[0].timeouts.request = '60s'; }),
  'route-hosts-are-apart': mutating((all) => { find(all, 'VirtualService').spec.hosts.push('*.example.com'); }),
  'http2-comes-over-tls': mutating(annotating(alb, (annotations) => { annotations['alb.ingress.kubernetes.io/backend-protocol-version'] = 'GRPC'; })),
  'health-checks-end-in-time': mutating(annotating(alb, (annotations) => { annotations['alb.ingress.kubernetes.io/healthcheck-timeout-seconds'] = '10'; })),
  'dns-is-fresh': mutating(annotating(alb, (annotations) => { annotations['external-dns.alpha.kubernetes.io/ttl'] = '61'; })),
};

const references: Record<string, Mutation> = {
  'objects-are-unique': mutating((all) => { all.unshift(find(all, 'ServiceAccount')); }),
  'objects-share-the-namespace': mutating((all) => { find(all, 'Service').metadata.namespace = 'other'; }),
  'selectors-match-the-pods': mutating((all) => { find(all, 'Service').spec.selector = { app: 'payments' }; }),
  'service-ports-name-container-ports': mutating((all) => { find(all, 'Service').spec.ports[0].targetPort = 'web'; }),
  'port-names-are-unique': mutating((all) => { container(all).ports.push({ name: 'second', containerPort: 3000 }); }),
  'probe-ports-exist': mutating((all) => { container(all).livenessProbe.httpGet.port = 'web'; }),
  'backends-are-services': mutating((all) => { alb(all).spec.rules[0].http.paths[0].backend.service.name = 'payment'; }),
  'autoscaler-targets-the-deployment': mutating((all) => { find(all, 'HorizontalPodAutoscaler').spec.scaleTargetRef.name = 'payment'; }),
  'service-account-exists': mutating((all) => { pod(all).spec.serviceAccountName = 'payment'; }),
  'config-references-exist': mutating((all) => { container(all).env.find(({ name }: Manifest) => name === 'RULE').valueFrom.configMapKeyRef.key = 'SECOND'; }),
  'config-maps-are-versioned': mutating((all) => { delete find(all, 'ConfigMap').immutable; }),
  'mounts-have-volumes': mutating((all) => { pod(all).spec.volumes.pop(); }),
  'health-checks-may-enter': mutating((all) => { find(all, 'NetworkPolicy').spec.ingress[0].ports = [{ port: 'http' }]; }),
  'policy-names-its-peers': mutating((all) => { find(all, 'NetworkPolicy').spec.ingress[0].from = []; }),
};

/** For every rule, by name, the change that breaks it and what follows from it alone. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = { ...termination, ...startup, ...capacity, ...traffic, ...references };
