import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { runScript, type Scenario } from './run-script';
import { ANALYZE_NATIVE, BEGIN_NATIVE, END_NATIVE, PREPARE_NATIVE, ROLLBACK_NATIVE, STEP_NATIVE } from '../../src/pipeline/scripts/native';

const there: Scenario = { objects: { 'deployment/payments-stable': [{ metadata: {} }] } };
const coded = (verb: string, ...codes: number[]): Scenario => ({ ...there, after: { [verb]: { code: codes[0], codes } as object } });

describe('beginning', () => {
  const begun = (scenario: Scenario) => runScript(BEGIN_NATIVE, { WORKLOAD: 'payments-stable' }, scenario);

  test('releases what differs, and leaves what is as written', () => {
    expect(begun(coded('diff', 1))).toMatchObject({ status: 0, outputs: { over: 'false' }, done: ['diff -f dist -l app.kubernetes.io/name=payments'] });
    expect(begun(coded('diff', 0)).outputs).toEqual({ over: 'true' });
  });

  test('fails where the cluster cannot say', () => {
    expect(begun(coded('diff', 2))).toMatchObject({ status: 2, outputs: {} });
  });

  test('makes a service that is not there', () => {
    expect(begun({ objects: {} })).toMatchObject({
      outputs: { over: 'true' },
      done: [
        'apply -f dist -l app.kubernetes.io/name=payments', 'rollout status deployment -l app.kubernetes.io/name=payments --namespace=shop --timeout=10s',
      ],
    });
  });
});

describe('preparing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prepare-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const prepared = () => runScript(PREPARE_NATIVE, { RELEASE: folder, REST_SECONDS: '0' }, there);

  test('needs the one file of the step', () => {
    expect(prepared()).toMatchObject({ status: 1, done: [], text: expect.stringContaining('must hold one file of the step prepare') });
    const file = join(folder, 'payments-00-prepare.k8s.yaml');
    writeFileSync(file, '');
    expect(prepared()).toMatchObject({ status: 0, done: [`apply -f ${file}`] });
    writeFileSync(join(folder, 'orders-00-prepare.k8s.yaml'), '');
    expect(prepared().status).toBe(1);
  });
});

test('a step is the one that is named', () => {
  expect(runScript(STEP_NATIVE, { STEP: '02-canary-5-weights' }, there).done).toEqual(['zero-downtime promote release --step 02-canary-5-weights']);
  expect(runScript(STEP_NATIVE, { STEP: '02-canary-5-weights' }, coded('promote', 1)).status).toBe(1);
});

test.each([[0, 0], [1, 1], [3, 3]])('an analysis that ends with %i ends the step with %i', (code, status) => {
  const outcome = runScript(ANALYZE_NATIVE, { ANALYSIS: 'payments-analysis' }, coded('analyze', code));
  expect(outcome).toMatchObject({ status, done: ['zero-downtime analyze release --watch --name shop/payments-analysis'] });
});

test('an analysis of a service without a namespace is named alone', () => {
  expect(runScript(ANALYZE_NATIVE, { ANALYSIS: 'payments-analysis', NAMESPACE: '' }, there).done).toEqual(['zero-downtime analyze release --watch --name payments-analysis']);
});

test('the end is what is between releases', () => {
  expect(runScript(END_NATIVE, { STEADY: 'payments-stable' }, there).done).toEqual([
    'apply -f dist -l app.kubernetes.io/name=payments', 'rollout status deployment/payments-stable --namespace=shop --timeout=10s',
  ]);
});

describe('a rollback', () => {
  test.each([[[0], 0, 1], [[3, 0], 0, 2], [[3, 3, 3], 3, 3], [[1], 1, 1], [[3, 2], 2, 2]])('that ends with %j is tried again where it was stopped', (codes, status, tries) => {
    const outcome = runScript(ROLLBACK_NATIVE, {}, coded('rollback', ...codes));
    expect([outcome.status, outcome.done]).toEqual([status, Array<string>(tries).fill('zero-downtime rollback release')]);
  });
});
