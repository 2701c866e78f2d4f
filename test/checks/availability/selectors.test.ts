import { changed, found, messages } from './found';
import { DEPLOYMENT, PODS, SERVICE } from '../../../src/checks/availability/example-manifests';
import { OVERLAPPING_SELECTORS } from '../../../src/checks/availability/overlapping-selectors';
import { SELECTOR_MISMATCH } from '../../../src/checks/availability/selector-mismatch';
import { STATEFUL_SET_PARTITION } from '../../../src/checks/availability/stateful-set-partition';
import { STATEFUL_SET_SERVICE_MISSING } from '../../../src/checks/availability/stateful-set-service-missing';

describe('selector-mismatch', () => {
  test('names the selector', () => {
    expect(found(SELECTOR_MISMATCH, SELECTOR_MISMATCH.failing)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.selector',
      message: 'the selector app=payment does not choose the pods of its own template, so Deployment payments is refused',
      actual: undefined,
      required: undefined,
      fix: 'set spec.selector.matchLabels to labels of spec.template',
    }]);
  });

  test('knows that an empty selector is refused', () => {
    expect(messages(SELECTOR_MISMATCH, changed(SELECTOR_MISMATCH.passing, ['selector: { matchLabels: { app: payments } }', 'selector: {}'])))
      .toEqual(['the selector of Deployment payments is empty, so it is refused']);
  });

  test.each([
    ['{ key: app, operator: Exists }', 0], ['{ key: app, operator: DoesNotExist }', 1], ['{ key: tier, operator: NotIn, values: [back] }', 0],
  ])('evaluates %s', (expression, findings) => {
    const selector = `selector: { matchLabels: { app: payments }, matchExpressions: [${expression}] }`;
    expect(messages(SELECTOR_MISMATCH, changed(SELECTOR_MISMATCH.passing, ['selector: { matchLabels: { app: payments } }', selector]))).toHaveLength(findings);
  });

  test('is silent of a patch that has no selector, and of a Rollout that takes a Deployment over', () => {
    expect(messages(SELECTOR_MISMATCH, `${DEPLOYMENT} { template: { spec: { containers: [{ name: payments }] } } }\n`)).toEqual([]);
    expect(messages(SELECTOR_MISMATCH, 'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: payments }\n'
      + 'spec: { selector: { matchLabels: { app: payments } }, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: payments } }\n')).toEqual([]);
  });
});

describe('overlapping-selectors', () => {
  test('tells the later of two that choose each other\'s pods', () => {
    expect(found(OVERLAPPING_SELECTORS, OVERLAPPING_SELECTORS.failing)).toEqual([{
      object: 'Deployment default/payments-worker',
      path: 'spec.selector',
      message: 'the selector app=payments of Deployment payments-worker also chooses the pods of Deployment payments',
      actual: undefined,
      required: undefined,
      fix: 'add a label to the selector and the template of Deployment payments-worker that Deployment payments has not',
    }]);
  });

  test('tells the wider one where only it chooses the other\'s pods', () => {
    const narrow = changed(PODS, ['app: payments }', 'app: payments, tier: back }']);
    const both = `${DEPLOYMENT}\n  ${PODS}\n---${changed(DEPLOYMENT, ['name: payments', 'name: back'])}\n  ${narrow}\n`;
    expect(found(OVERLAPPING_SELECTORS, both).map(({ object }) => object)).toEqual(['Deployment default/payments']);
  });

  test('minds namespaces', () => {
    expect(messages(OVERLAPPING_SELECTORS, changed(OVERLAPPING_SELECTORS.failing, ['name: payments-worker', 'namespace: shop, name: payments-worker']))).toEqual([]);
  });

  test('takes a workload that is written twice for one', () => {
    expect(messages(OVERLAPPING_SELECTORS, changed(OVERLAPPING_SELECTORS.failing, ['payments-worker', 'payments']))).toEqual([]);
  });

  test('is content with a Rollout that takes the Deployment over', () => {
    expect(messages(OVERLAPPING_SELECTORS, `${DEPLOYMENT}\n  ${PODS}\n---\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: payments }\n`
      + 'spec: { selector: { matchLabels: { app: payments } }, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: payments } }\n')).toEqual([]);
  });
});

describe('stateful-set-service-missing', () => {
  test('says that the Service is not headless', () => {
    expect(found(STATEFUL_SET_SERVICE_MISSING, STATEFUL_SET_SERVICE_MISSING.failing)).toEqual([{
      object: 'StatefulSet default/payments',
      path: 'spec.serviceName',
      message: 'Service payments is not headless, so the names of single pods of StatefulSet payments do not resolve',
      actual: undefined,
      required: undefined,
      fix: 'name a Service with clusterIP None',
    }]);
  });

  test('says that the Service is not there', () => {
    const missing = changed(STATEFUL_SET_SERVICE_MISSING.passing, ['serviceName: payments', 'serviceName: members']);
    expect(found(STATEFUL_SET_SERVICE_MISSING, missing).map(({ message, fix }) => [message, fix])).toEqual([[
      'serviceName members is not among the Services read in namespace default, so the names of single pods of StatefulSet payments do not resolve',
      'add a Service members with clusterIP None',
    ]]);
  });

  test('is silent where no Service of the namespace is read, and where none is named', () => {
    expect(messages(STATEFUL_SET_SERVICE_MISSING, changed(STATEFUL_SET_SERVICE_MISSING.failing, [SERVICE, '']))).toEqual([]);
    expect(messages(STATEFUL_SET_SERVICE_MISSING, changed(STATEFUL_SET_SERVICE_MISSING.failing, ['  serviceName: payments\n', '']))).toEqual([]);
  });

  test('lets a single pod have a Service with an address', () => {
    expect(messages(STATEFUL_SET_SERVICE_MISSING, changed(STATEFUL_SET_SERVICE_MISSING.failing, ['replicas: 3', 'replicas: 1']))).toEqual([]);
    expect(messages(STATEFUL_SET_SERVICE_MISSING, changed(STATEFUL_SET_SERVICE_MISSING.failing, ['replicas: 3', 'replicas: 2']))).toHaveLength(1);
  });
});

describe('stateful-set-partition', () => {
  test('says which pods stay behind', () => {
    expect(found(STATEFUL_SET_PARTITION, STATEFUL_SET_PARTITION.failing)).toEqual([{
      object: 'StatefulSet default/payments',
      path: 'spec.updateStrategy.rollingUpdate.partition',
      message: '2 pods of StatefulSet payments, those with an ordinal below 2, keep the old version',
      actual: '2',
      required: '0',
      fix: 'set partition to 0 once the new version has proved itself',
    }]);
  });

  test('counts no more pods than there are', () => {
    expect(messages(STATEFUL_SET_PARTITION, changed(STATEFUL_SET_PARTITION.failing, ['partition: 2', 'partition: 9'])))
      .toEqual(['3 pods of StatefulSet payments, those with an ordinal below 9, keep the old version']);
  });

  test('is content without a partition', () => {
    expect(messages(STATEFUL_SET_PARTITION, STATEFUL_SET_SERVICE_MISSING.passing)).toEqual([]);
  });
});
