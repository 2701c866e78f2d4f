const HASH = 'rollouts-pod-template-hash';
const MANAGED_BY = { 'argo-rollouts.argoproj.io/managed-by-rollouts': 'payments' };
const MATCH = { name: 'canary-header' };

/** Copies of the objects of a service as Argo Rollouts and its plugin leave them in the middle of a release. */
export function liveObjects(objects: readonly any[]): any[] {
  const { strategy: { canary, blueGreen } } = objects.find(({ kind }) => kind === 'Rollout').spec;
  const hashed = [canary?.stableService, canary?.canaryService, canary?.pingPong?.pingService, canary?.pingPong?.pongService,
    blueGreen?.activeService, blueGreen?.previewService];
  const live = structuredClone(objects) as any[];
  for (const object of live) {
    switch (object.kind) {
      case 'Service': hashed.includes(object.metadata.name) && point(object); break;
      case 'DestinationRule': canary?.trafficRouting.istio.destinationRule && nameSubsets(object); break;
      case 'VirtualService': canary && weighRoutes(object); break;
      case 'Ingress': canary?.trafficRouting.alb?.ingress === object.metadata.name && addActions(object); break;
      case 'HTTPRoute': case 'GRPCRoute': canary && weighRules(object); break;
      case 'Deployment': object.spec.replicas = 0; break;
    }
  }
  return live;
}

function point({ metadata, spec }: any): void {
  metadata.annotations = { ...metadata.annotations, ...MANAGED_BY };
  spec.selector[HASH] = 'abc123';
}

function nameSubsets({ metadata, spec }: any): void {
  metadata.annotations = { ...metadata.annotations, ...MANAGED_BY };
  spec.subsets.forEach((subset: any, index: number) => {
    subset.labels[HASH] = `hash-${index}`;
  });
}

function weighRoutes({ spec }: any): void {
  const [{ route }] = spec.http;
  route[0].weight = 80;
  route[1].weight = 20;
  spec.http.unshift(
    { ...MATCH, match: [{ headers: { 'x-canary': { exact: 'true' } } }], route: [{ destination: route[1].destination, weight: 100 }] },
    { name: 'canary-mirror', match: [{ uri: { prefix: '/' } }], route: structuredClone(route), mirror: route[1].destination, mirrorPercentage: { value: 10 } },
  );
}

function addActions({ metadata, spec }: any): void {
  const prefix = 'alb.ingress.kubernetes.io';
  Object.assign(metadata.annotations, {
    [`${prefix}/actions.payments-root`]: '{"Type":"forward"}',
    [`${prefix}/actions.canary-header`]: '{"Type":"forward"}',
    [`${prefix}/conditions.canary-header`]: '[{"field":"http-header"}]',
    'rollouts.argoproj.io/managed-alb-actions': '{"payments":["payments-root"]}',
  });
  for (const { http } of spec.rules) {
    http.paths.unshift({ path: '/*', pathType: 'ImplementationSpecific', backend: { service: { name: 'canary-header', port: { name: 'use-annotation' } } } });
  }
}

function weighRules({ metadata, spec }: any): void {
  metadata.labels['rollouts.argoproj.io/gatewayapi-canary'] = 'in-progress';
  const [{ matches = [{}], backendRefs }] = spec.rules;
  backendRefs[0].weight = 80;
  backendRefs[1].weight = 20;
  spec.rules.push({
    matches: matches.map((match: object) => ({ ...match, headers: [{ type: 'Exact', name: 'x-canary', value: 'true' }] })),
    backendRefs: [{ kind: 'Service', name: backendRefs[1].name, port: backendRefs[1].port }],
  });
}
