import { Chart, Duration, Testing } from 'cdk8s';
import { Database, Env, External, FluxKustomization, type FluxKustomizationProps, Migration, type ZeroDowntimeService } from 'zero-downtime';
import { RELEASED, service } from './services';

function kustomization(services: ZeroDowntimeService[], props: Partial<FluxKustomizationProps> = {}): any {
  const chart = new Chart(Testing.app(), 'gitops');
  return new FluxKustomization(chart, 'payments', { services, sourceName: 'shop', path: './dist', ...props }).kustomization.toJson();
}

describe('a Kustomization', () => {
  test('leaves the routes of one VirtualService to Argo Rollouts, by the whole list', () => {
    expect(kustomization([RELEASED.argo()]).spec.ignore).toContainEqual({
      paths: ['/spec/http'], target: { group: 'networking\\.istio\\.io', kind: 'VirtualService', name: '^payments$', namespace: '^shop$' },
    });
  });

  test('tells core objects by their version, because an empty group would be any', () => {
    expect(kustomization([RELEASED.argoBlueGreen()]).spec.ignore[0]).toEqual({
      paths: ['/spec/selector', '/metadata/annotations/argo-rollouts.argoproj.io~1managed-by-rollouts'],
      target: { version: 'v1', kind: 'Service', name: '^payments$', namespace: '^shop$' },
    });
  });

  test('has no rule and no check for a service of Kubernetes alone', () => {
    const { spec } = kustomization([RELEASED.rolling()]);
    expect([spec.ignore, spec.healthCheckExprs]).toEqual([undefined, undefined]);
  });

  test('takes no health for that of a version which the engine has not seen', () => {
    const [check] = kustomization([RELEASED.argo()]).spec.healthCheckExprs;
    expect(check).toMatchObject({ kind: 'Rollout', inProgress: '!has(status.observedGeneration) || status.observedGeneration != string(metadata.generation)' });
    expect(kustomization([RELEASED.flagger()]).spec.healthCheckExprs[0]).toMatchObject({ kind: 'Canary' });
  });

  test('never deletes and makes anew what cannot be changed', () => {
    expect(kustomization([RELEASED.rolling()]).spec).toMatchObject({ force: false, wait: true, prune: true });
  });

  test('keeps configuration that pods of the version before may still need', () => {
    const configured = service({ config: { A: '1' } });
    kustomization([configured]);
    expect(configured.configMaps[0].toJson().metadata.annotations).toMatchObject({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' });
  });

  test('keeps the scripts that pods of the version before begin with', () => {
    const migrating = service({
      externals: [External.secret('orders-database', ['url'])],
      database: Database.postgres({
        poolSize: 1,
        maxConnections: 100,
        url: Env.secretKey('orders-database', 'url'),
        schemaEpoch: 2,
        migrations: [Migration.dropColumn({ table: 'orders', column: 'note' })],
      }),
    });
    kustomization([migrating]);
    const kept = migrating.objects.filter(({ metadata }) => metadata.toJson().annotations?.['kustomize.toolkit.fluxcd.io/prune'] === 'disabled');
    expect(kept.map(({ kind, node }) => [kind, node.id])).toEqual([['ConfigMap', 'schema-wait'], ['ConfigMap', 'migrations']]);
  });

  test('is refused to undo the steps of a release without a controller', () => {
    expect(() => kustomization([RELEASED.native()])).toThrow('payments cannot be applied by Flux, because it is released with RolloutEngine.native()');
    expect(() => kustomization([])).toThrow('[gitops/payments] services must hold at least one service');
  });
});

describe('the default of', () => {
  const made = kustomization([RELEASED.rolling()]);

  test('sourceKind', () => expect(made.spec.sourceRef).toEqual({ kind: 'GitRepository', name: 'shop' }));
  test('name and namespace', () => expect(made.metadata).toEqual({ name: 'payments', namespace: 'flux-system' }));
  test('interval', () => expect(made.spec.interval).toBe('600s'));
  test('dependsOn', () => expect(made.spec).not.toHaveProperty('dependsOn'));
  test('timeout', () => {
    const services = [RELEASED.rolling(), RELEASED.argo()];
    const longest = Math.max(...services.map(({ _releaseFacts: { time } }) => time.seconds));
    expect(kustomization(services).spec.timeout).toBe(`${longest}s`);
    expect(kustomization(services, { timeout: Duration.minutes(5) }).spec.timeout).toBe('300s');
  });
});

test('an interval below a minute is refused', () => {
  expect(() => kustomization([RELEASED.rolling()], { interval: Duration.seconds(59) })).toThrow('interval 59s must be from 60s to 86400s');
});
