import { changed, found, messages } from './found';
import { CANARY_ANALYSIS } from '../../../src/checks/availability/canary-analysis';
import { CANARY_AUTOSCALER } from '../../../src/checks/availability/canary-autoscaler';
import { CANARY_AUTOSCALER_MISSING } from '../../../src/checks/availability/canary-autoscaler-missing';
import { CANARY_BUDGET } from '../../../src/checks/availability/canary-budget';
import { CANARY_METRIC_MISSING } from '../../../src/checks/availability/canary-metric-missing';
import { CANARY_METRIC_WINDOW } from '../../../src/checks/availability/canary-metric-window';
import { CANARY_SERVICE_CONFLICT } from '../../../src/checks/availability/canary-service-conflict';
import { CANARY_SESSION_AFFINITY } from '../../../src/checks/availability/canary-session-affinity';
import { CANARY_TARGET_MISSING } from '../../../src/checks/availability/canary-target-missing';
import { CANARY_WEBHOOK_TIMEOUT } from '../../../src/checks/availability/canary-webhook-timeout';
import { CANARY_WITHOUT_CHECKS } from '../../../src/checks/availability/canary-without-checks';

const NOTHING_BOUNDED = { actual: undefined, required: undefined };
const elsewhere = (kind: string): readonly [string, string] => [`kind: ${kind}\nmetadata: {`, `kind: ${kind}\nmetadata: { namespace: shop,`];

describe('canary-target-missing', () => {
  const { failing } = CANARY_TARGET_MISSING;

  test('names the target', () => {
    expect(found(CANARY_TARGET_MISSING, failing)).toEqual([{
      ...NOTHING_BOUNDED,
      object: 'Canary default/payments',
      path: 'spec.targetRef.name',
      message: 'Deployment payment is not among the workloads read in namespace default, so Canary payments releases nothing',
      fix: 'set targetRef to the kind and name of the workload to release',
    }]);
  });

  test('is silent where no workload of the namespace is read, and of kinds that are not read', () => {
    expect(messages(CANARY_TARGET_MISSING, changed(failing, elsewhere('Canary')))).toEqual([]);
    expect(messages(CANARY_TARGET_MISSING, changed(failing, ['kind: Deployment, name', 'kind: Service, name']))).toEqual([]);
  });

  test('is silent of a target that says no namespace, which may be put into any', () => {
    const other = '---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: orders, namespace: shop }\nspec: {}\n';
    const shop = changed(CANARY_TARGET_MISSING.passing, elsewhere('Canary')) + other;
    expect(messages(CANARY_TARGET_MISSING, shop)).toEqual([]);
    expect(messages(CANARY_TARGET_MISSING, changed(shop, ['Deployment\nmetadata: { name: payments }', 'Deployment\nmetadata: { name: payments, namespace: till }'])))
      .toHaveLength(1);
  });

  test('is silent of another API\'s Canary', () => {
    expect(messages(CANARY_TARGET_MISSING, changed(failing, ['flagger.app/v1beta1', 'example.com/v1']))).toEqual([]);
  });
});

describe('canary-service-conflict', () => {
  const { failing } = CANARY_SERVICE_CONFLICT;

  test('says what each apply does', () => {
    expect(found(CANARY_SERVICE_CONFLICT, failing)).toEqual([{
      ...NOTHING_BOUNDED,
      object: 'Service default/payments',
      path: 'spec.selector',
      message: 'Flagger keeps Service payments for Canary payments, so each apply points it at pods that are scaled to zero between releases',
      fix: 'remove Service payments from the manifests, and write its settings under spec.service of the Canary',
    }]);
  });

  test('knows the name that the Canary gives its Service', () => {
    const named = changed(failing, ['service: { port: 80,', 'service: { name: shop, port: 80,']);
    expect(messages(CANARY_SERVICE_CONFLICT, named)).toEqual([]);
    expect(messages(CANARY_SERVICE_CONFLICT, changed(named, ['kind: Service\nmetadata: { name: payments }', 'kind: Service\nmetadata: { name: shop }']))).toHaveLength(1);
  });

  test('is silent where Flagger makes no Service', () => {
    expect(messages(CANARY_SERVICE_CONFLICT, `${failing}  provider: knative\n`)).toEqual([]);
    expect(messages(CANARY_SERVICE_CONFLICT, changed(failing, ['apiVersion: apps/v1, kind: Deployment, name', 'apiVersion: v1, kind: Service, name']))).toEqual([]);
  });
});

describe('canary-budget', () => {
  const { passing, failing } = CANARY_BUDGET;

  test('says which pods serve', () => {
    expect(found(CANARY_BUDGET, failing)).toEqual([{
      ...NOTHING_BOUNDED,
      object: 'PodDisruptionBudget default/payments',
      path: 'spec.selector',
      message: 'PodDisruptionBudget payments is over the pods of Deployment payments, which Flagger scales to zero, '
        + 'and not over those of payments-primary, which serve',
      fix: 'select app: payments-primary instead',
    }]);
  });

  test('knows which label Flagger renames', () => {
    const named = changed(failing, ['{ app: payments }', '{ app.kubernetes.io/name: payments }']);
    expect(found(CANARY_BUDGET, named).map(({ fix }) => fix)).toEqual(['select app.kubernetes.io/name: payments-primary instead']);
  });

  test('is content with one over both', () => {
    const both = changed(failing, ['maxUnavailable: 1\n  selector: { matchLabels: { app: payments } }',
      'maxUnavailable: 1\n  selector: { matchExpressions: [{ key: app, operator: In, values: [payments, payments-primary] }] }']);
    expect(messages(CANARY_BUDGET, both)).toEqual([]);
  });

  test('is silent where nothing is released by Flagger', () => {
    expect(messages(CANARY_BUDGET, changed(failing, ['flagger.app/v1beta1', 'example.com/v1']))).toEqual([]);
    expect(messages(CANARY_BUDGET, passing)).toEqual([]);
  });
});

describe('canary-autoscaler', () => {
  test('says that the primary is not scaled', () => {
    expect(found(CANARY_AUTOSCALER, CANARY_AUTOSCALER.failing)).toEqual([{
      ...NOTHING_BOUNDED,
      object: 'Canary default/payments',
      path: 'spec.autoscalerRef',
      message: 'Canary payments does not name HorizontalPodAutoscaler payments, so the primary pods, which serve, are not scaled',
      fix: 'set autoscalerRef to HorizontalPodAutoscaler payments',
    }]);
  });

  test('is silent where no autoscaler is over the target', () => {
    expect(messages(CANARY_AUTOSCALER, changed(CANARY_AUTOSCALER.failing, elsewhere('HorizontalPodAutoscaler')))).toEqual([]);
  });
});

describe('canary-autoscaler-missing', () => {
  const { passing, failing } = CANARY_AUTOSCALER_MISSING;

  test('names the autoscaler', () => {
    expect(found(CANARY_AUTOSCALER_MISSING, failing)).toEqual([{
      ...NOTHING_BOUNDED,
      object: 'Canary default/payments',
      path: 'spec.autoscalerRef.name',
      message: 'HorizontalPodAutoscaler payment is not among the autoscalers read in namespace default, so Canary payments releases nothing',
      fix: 'set autoscalerRef to the kind and name of the autoscaler of the target',
    }]);
  });

  test('minds the kind', () => {
    expect(messages(CANARY_AUTOSCALER_MISSING, changed(passing, ['kind: HorizontalPodAutoscaler, name', 'kind: ScaledObject, name']))).toHaveLength(1);
  });

  test('is silent of an autoscaler that says no namespace', () => {
    const other = '---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: orders, namespace: shop }\nspec: { maxReplicas: 2 }\n';
    expect(messages(CANARY_AUTOSCALER_MISSING, changed(passing, elsewhere('Canary')) + other)).toEqual([]);
    expect(messages(CANARY_AUTOSCALER_MISSING, changed(failing, elsewhere('Canary')) + other)).toHaveLength(1);
  });

  test('is silent where no autoscaler of the namespace is read', () => {
    expect(messages(CANARY_AUTOSCALER_MISSING, changed(failing, elsewhere('HorizontalPodAutoscaler')))).toEqual([]);
  });
});

describe('canary-analysis', () => {
  const { passing, failing } = CANARY_ANALYSIS;

  test('says that no release goes on', () => {
    expect(found(CANARY_ANALYSIS, failing)).toEqual([{
      ...NOTHING_BOUNDED,
      object: 'Canary default/payments',
      path: 'spec.analysis.stepWeight',
      message: 'the analysis of Canary payments has neither stepWeight nor stepWeights nor iterations, so no release goes on',
      fix: 'set stepWeight and maxWeight, or iterations',
    }]);
  });

  test.each(['stepWeight: 5', 'stepWeights: [5, 50]', 'iterations: 10'])('is content with %s', (steps) => {
    expect(messages(CANARY_ANALYSIS, changed(failing, ['threshold: 5', `threshold: 5, ${steps}`]))).toEqual([]);
  });

  test('says that a weight above 100 is never reached', () => {
    expect(found(CANARY_ANALYSIS, changed(passing, ['maxWeight: 50', 'maxWeight: 101']))).toEqual([{
      object: 'Canary default/payments',
      path: 'spec.analysis.maxWeight',
      message: 'maxWeight 101 of Canary payments is never reached, so all requests go to a canary that is never promoted',
      actual: '101',
      required: '≤ 100',
      fix: 'set maxWeight to at most 100',
    }]);
    expect(messages(CANARY_ANALYSIS, changed(passing, ['maxWeight: 50', 'maxWeight: 100']))).toEqual([]);
  });

  test('is silent where Flagger itself takes ten iterations, or skips the analysis', () => {
    expect(messages(CANARY_ANALYSIS, changed(failing, ['provider: istio', 'provider: kubernetes']))).toEqual([]);
    expect(messages(CANARY_ANALYSIS, changed(failing, ['provider: istio', 'skipAnalysis: true']))).toEqual([]);
  });
});

describe('canary-without-checks', () => {
  test('says what is promoted', () => {
    expect(found(CANARY_WITHOUT_CHECKS, CANARY_WITHOUT_CHECKS.failing)).toEqual([{
      ...NOTHING_BOUNDED,
      object: 'Canary default/payments',
      path: 'spec.analysis.metrics',
      message: 'nothing judges a new version of Canary payments, so whatever becomes ready is promoted',
      fix: 'add metrics, for example request-success-rate with thresholdRange min 99',
    }]);
  });

  test('takes a webhook for a check', () => {
    expect(messages(CANARY_WITHOUT_CHECKS, CANARY_WEBHOOK_TIMEOUT.passing)).toEqual([]);
  });

  test('is silent where the analysis is skipped by intent', () => {
    expect(messages(CANARY_WITHOUT_CHECKS, `${CANARY_WITHOUT_CHECKS.failing}  skipAnalysis: true\n`)).toEqual([]);
  });
});

describe('canary-webhook-timeout', () => {
  const { passing, failing } = CANARY_WEBHOOK_TIMEOUT;

  test('adds up the timeouts', () => {
    expect(found(CANARY_WEBHOOK_TIMEOUT, failing)).toEqual([{
      object: 'Canary default/payments',
      path: 'spec.analysis.webhooks',
      message: 'the webhooks of type rollout of Canary payments may take 60 s together, and the next round is due after 60 s',
      actual: '60 s',
      required: '< 60 s',
      fix: 'set shorter timeouts of the webhooks, or a longer interval',
    }]);
    expect(messages(CANARY_WEBHOOK_TIMEOUT, changed(failing, ['timeout: 60s', 'timeout: 59s']))).toEqual([]);
  });

  test('counts 10 s where nothing is written, and no other type', () => {
    const hooks = (first: string) => changed(passing, ['interval: 1m', 'interval: 15s'], [', timeout: 10s }', ` }, { name: more, type: ${first}, url: "http://more/", timeout: 5s }`]);
    expect(found(CANARY_WEBHOOK_TIMEOUT, hooks('rollout')).map(({ actual }) => actual)).toEqual(['15 s']);
    expect(found(CANARY_WEBHOOK_TIMEOUT, hooks('""')).map(({ actual }) => actual)).toEqual(['15 s']);
    expect(messages(CANARY_WEBHOOK_TIMEOUT, hooks('pre-rollout'))).toEqual([]);
  });

  test('knows that Flagger takes 10 s for the shortest interval', () => {
    expect(messages(CANARY_WEBHOOK_TIMEOUT, changed(passing, ['interval: 1m', 'interval: 5s'], ['timeout: 10s', 'timeout: 9s']))).toEqual([]);
  });
});

describe('canary-metric-window', () => {
  const { failing } = CANARY_METRIC_WINDOW;

  test('says how far back a metric looks', () => {
    expect(found(CANARY_METRIC_WINDOW, failing)).toEqual([{
      object: 'Canary default/payments',
      path: 'spec.analysis.metrics[0].interval',
      message: 'metric request-success-rate of Canary payments looks 60 s back, but the weight is raised every 15 s',
      actual: '60 s',
      required: '≤ 15 s',
      fix: 'set the interval of the analysis to at least 60s, or the metric\'s to at most 15s if that still holds two scrapes',
    }]);
  });

  test('flips at one second', () => {
    expect(messages(CANARY_METRIC_WINDOW, changed(failing, ['interval: 15s', 'interval: 59s']))).toHaveLength(1);
    expect(messages(CANARY_METRIC_WINDOW, changed(failing, ['interval: 15s', 'interval: 60s']))).toEqual([]);
  });

  test('knows both defaults of a minute', () => {
    expect(messages(CANARY_METRIC_WINDOW, changed(failing, ['interval: 15s, ', '']))).toEqual([]);
    expect(messages(CANARY_METRIC_WINDOW, changed(failing, ['interval: 1m, ', '']))).toHaveLength(1);
  });

  test('is silent where rounds are counted instead of weights', () => {
    expect(messages(CANARY_METRIC_WINDOW, changed(failing, ['stepWeight: 10, maxWeight: 50', 'iterations: 10']))).toEqual([]);
  });
});

describe('canary-metric-missing', () => {
  const { passing, failing } = CANARY_METRIC_MISSING;

  test('names the template', () => {
    expect(found(CANARY_METRIC_MISSING, failing)).toEqual([{
      ...NOTHING_BOUNDED,
      object: 'Canary default/payments',
      path: 'spec.analysis.metrics[0].templateRef.name',
      message: 'MetricTemplate error-rate is not among those read in namespace default, so every release of Canary payments is taken back',
      fix: 'name a MetricTemplate that exists, or add error-rate',
    }]);
  });

  test('minds the namespace of the reference', () => {
    const shop = changed(passing, elsewhere('MetricTemplate'));
    expect(messages(CANARY_METRIC_MISSING, shop)).toEqual([]);
    expect(messages(CANARY_METRIC_MISSING, changed(shop, ['templateRef: { name: errors }', 'templateRef: { name: errors, namespace: shop }']))).toEqual([]);
    expect(messages(CANARY_METRIC_MISSING, changed(shop, ['templateRef: { name: errors }', 'templateRef: { name: error, namespace: shop }']))).toHaveLength(1);
  });
});

describe('canary-session-affinity', () => {
  test('says where users drift', () => {
    expect(found(CANARY_SESSION_AFFINITY, CANARY_SESSION_AFFINITY.failing)).toEqual([{
      ...NOTHING_BOUNDED,
      object: 'Canary default/payments',
      path: 'spec.analysis.sessionAffinity.primaryCookieName',
      message: 'users of Canary payments are kept on the canary and not on the primary, so in time the canary gets all of them whatever its weight',
      fix: 'set sessionAffinity.primaryCookieName',
    }]);
  });

  test('is silent without session affinity', () => {
    expect(messages(CANARY_SESSION_AFFINITY, CANARY_ANALYSIS.passing)).toEqual([]);
  });
});
