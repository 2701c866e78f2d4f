/** Something that goes wrong in manifests, and the check of kube-score that finds it. */
export type Break = readonly [title: string, check: string, apply: (manifests: Manifests) => void];

/** The objects of one service, to be changed. */
export class Manifests {
  constructor(public objects: any[]) {}

  get deployment(): any {
    return this.find('Deployment');
  }

  get container(): any {
    return this.deployment.spec.template.spec.containers[0];
  }

  find(kind: string): any {
    return this.objects.find((object) => object.kind === kind);
  }

  drop(kind: string): void {
    this.objects = this.objects.filter((object) => object.kind !== kind);
  }
}

/** A breach for each thing that the library decides, done to a service with traffic, autoscaling and a network policy. */
export const BREAKS: readonly Break[] = [
  ['no disruption budget', 'deployment-has-poddisruptionbudget', (all) => all.drop('PodDisruptionBudget')],
  ['a budget without a number', 'poddisruptionbudget-has-policy', (all) => delete all.find('PodDisruptionBudget').spec.maxUnavailable],
  ['releases that stop all pods first', 'deployment-strategy', (all) => all.deployment.spec.strategy = { type: 'Recreate' }],
  ['one pod', 'deployment-replicas', (all) => {
    all.drop('HorizontalPodAutoscaler');
    all.deployment.spec.replicas = 1;
  }],
  ['an autoscaler that goes down to one pod', 'horizontalpodautoscaler-replicas', (all) => all.find('HorizontalPodAutoscaler').spec.minReplicas = 1],
  ['an autoscaler of nothing', 'horizontalpodautoscaler-has-target', (all) => all.find('HorizontalPodAutoscaler').spec.scaleTargetRef.name = 'other'],
  ['replicas beside an autoscaler', 'deployment-targeted-by-hpa-does-not-have-replicas-configured', (all) => all.deployment.spec.replicas = 3],
  ['no readiness probe', 'pod-probes', (all) => delete all.container.readinessProbe],
  ['a liveness probe that asks for readiness', 'pod-probes-identical', (all) => all.container.livenessProbe = all.container.readinessProbe],
  ['a service that selects nothing', 'service-targets-pod', (all) => all.find('Service').spec.selector = { app: 'other' }],
  ['an ingress to no service', 'ingress-targets-service', (all) => all.find('Ingress').spec.rules[0].http.paths[0].backend.service.name = 'other'],
  ['a service on every node', 'service-type', (all) => all.find('Service').spec.type = 'NodePort'],
  ['a selector beside the labels', 'deployment-pod-selector-labels-match-template-metadata-labels', (all) => {
    all.deployment.spec.selector.matchLabels = { app: 'other' };
  }],
  ['no requests', 'container-resources', (all) => delete all.container.resources.requests],
  ['a root filesystem to write on', 'container-security-context-readonlyrootfilesystem', (all) => {
    all.container.securityContext.readOnlyRootFilesystem = false;
  }],
  ['a privileged container', 'container-security-context-privileged', (all) => all.container.securityContext.privileged = true],
  ['a variable twice', 'environment-variable-key-duplication', (all) => all.container.env.push(all.container.env[0])],
  ['a label that is no label', 'label-values', (all) => all.deployment.metadata.labels.team = 'no spaces, please'],
  ['a withdrawn version of an API', 'stable-version', (all) => all.find('PodDisruptionBudget').apiVersion = 'policy/v1beta1'],
  ['spreading over nothing', 'pod-topology-spread-constraints', (all) => {
    delete all.deployment.spec.template.spec.topologySpreadConstraints[0].topologyKey;
  }],
  ['a network policy for other pods', 'networkpolicy-targets-pod', (all) => {
    all.find('NetworkPolicy').spec.podSelector.matchLabels = { app: 'other' };
  }],
];
