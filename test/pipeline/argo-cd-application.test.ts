import { Chart, Testing } from 'cdk8s';
import { ApplicationSync, ArgoCdApplication, type ArgoCdApplicationProps, RouteEdits, type ZeroDowntimeService } from 'zero-downtime';
import { RELEASED, service } from './services';

/* eslint-disable @typescript-eslint/no-explicit-any */
function application(services: ZeroDowntimeService[], props: Partial<ArgoCdApplicationProps> = {}): any {
  const chart = new Chart(Testing.app(), 'gitops');
  return new ArgoCdApplication(chart, 'payments', { services, repoUrl: 'https://git.example.com/shop.git', path: 'dist', ...props }).application.toJson();
}

const waveOf = (services: ZeroDowntimeService, kind: string) =>
  services.objects.find((object) => object.kind === kind)!.toJson().metadata.annotations?.['argocd.argoproj.io/sync-wave'];

describe('an Application', () => {
  const argo = () => application([RELEASED.argo()]);

  test('ignores the weights that Argo Rollouts writes, of the one VirtualService', () => {
    expect(argo().spec.ignoreDifferences).toContainEqual({
      group: 'networking.istio.io',
      kind: 'VirtualService',
      name: 'payments',
      namespace: 'shop',
      jqPathExpressions: expect.arrayContaining(['.spec.http[] | select(.name == "primary") | .route[].weight']),
    });
  });

  test('names no group of what is of the core one', () => {
    const [first] = application([RELEASED.argoBlueGreen()]).spec.ignoreDifferences;
    expect(first).toEqual({ kind: 'Service', name: 'payments', namespace: 'shop', jqPathExpressions: expect.anything() });
  });

  test('ignores nothing of a service whose every field is Git\'s', () => {
    expect(application([RELEASED.rolling()]).spec).not.toHaveProperty('ignoreDifferences');
  });

  test('applies what Git changes in a route, unless it is told to hold it', () => {
    expect(argo().spec.syncPolicy.syncOptions).toEqual(['ApplyOutOfSyncOnly=true', 'PruneLast=true']);
    expect(application([RELEASED.argo()], { routeEdits: RouteEdits.HELD }).spec.syncPolicy.syncOptions).toContain('RespectIgnoreDifferences=true');
  });

  test('respects what it ignores where that is in no list', () => {
    expect(application([RELEASED.argoBlueGreen()]).spec.syncPolicy.syncOptions).toContain('RespectIgnoreDifferences=true');
  });

  test('is refused to undo the steps of a release without a controller', () => {
    expect(application([RELEASED.native()]).spec.syncPolicy).not.toHaveProperty('automated');
    expect(() => application([RELEASED.native()], { sync: ApplicationSync.AUTOMATED }))
      .toThrow('[gitops/payments] sync AUTOMATED must be MANUAL, because payments is released with RolloutEngine.native(), and Argo CD would undo each step; leave sync out');
  });

  test.each(['https://token@git.example.com/shop.git', 'https://bot:s3cret@git.example.com/shop.git', 'ssh://git:s3cret@git.example.com/shop.git'])(
    'does not carry the credentials of %s, nor does the message', (repoUrl) => {
      expect(() => application([RELEASED.rolling()], { repoUrl })).toThrow(
        /^\[gitops\/payments\] repoUrl must not hold a user or a password, because manifests are read by many; give Argo CD a Secret of the type repository$/);
    });

  test.each(['git@git.example.com:shop.git', 'ssh://git@git.example.com/shop.git', 'oci://registry.example.com/charts'])('takes %s as it is', (repoUrl) => {
    expect(application([RELEASED.rolling()], { repoUrl }).spec.source.repoURL).toBe(repoUrl);
  });

  test('needs a service', () => {
    expect(() => application([])).toThrow('[gitops/payments] services must hold at least one service');
  });
});

describe('the default of', () => {
  const made = application([RELEASED.rolling()]);

  test('targetRevision', () => expect(made.spec.source).toEqual({ repoURL: 'https://git.example.com/shop.git', path: 'dist', targetRevision: 'HEAD' }));
  test('project', () => expect(made.spec.project).toBe('default'));
  test('destinationServer and destinationNamespace', () => expect(made.spec.destination).toEqual({ server: 'https://kubernetes.default.svc' }));
  test('name and namespace', () => expect(made.metadata).toEqual({ name: 'payments', namespace: 'argocd' }));
  test('sync', () => {
    expect(made.spec.syncPolicy.automated).toEqual({ prune: true, selfHeal: true });
    expect(application([RELEASED.rolling()], { sync: ApplicationSync.MANUAL }).spec.syncPolicy).not.toHaveProperty('automated');
  });
  test('routeEdits', () => {
    expect(application([RELEASED.argo()])).toEqual(application([RELEASED.argo()], { routeEdits: RouteEdits.APPLIED }));
  });
});

describe('the waves', () => {
  const istio = RELEASED.argo();
  application([istio]);

  test('put a DestinationRule before its VirtualService, and both before the pods', () => {
    expect(['DestinationRule', 'VirtualService', 'Rollout'].map((kind) => waveOf(istio, kind))).toEqual(['-1', undefined, '1']);
  });

  test('put what pods and Rollouts refer to before them', () => {
    expect(['Service', 'ServiceAccount', 'AnalysisTemplate'].map((kind) => waveOf(istio, kind))).toEqual([undefined, undefined, undefined]);
  });

  test('put a budget into the last wave, because it is healthy with pods alone', () => {
    expect(waveOf(istio, 'PodDisruptionBudget')).toBe('1');
  });

  test('are on no object of a service that no Application has', () => {
    expect(service().objects.filter((object) => JSON.stringify(object.toJson()).includes('sync-wave'))).toEqual([]);
  });

  test('leave the pod template as it is, so that they release nothing', () => {
    const rolling = RELEASED.rolling();
    const before = rolling.deployment.toJson().spec;
    application([rolling]);
    expect(rolling.deployment.toJson().spec).toEqual(before);
  });
});
