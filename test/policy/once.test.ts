import { Engine } from './engine';
import { resourcesOf } from './stack';
import * as checks from '../../src/checks/check-cluster';
import { ReleasePolicies } from '../../src/policy';
import * as verifier from '../../src/verify/verify-cluster';
import { inside } from '../verify/verdicts/manifests';

jest.mock('../../src/checks/check-cluster', () => ({ ...jest.requireActual<typeof checks>('../../src/checks/check-cluster'), checkIn: jest.fn(() => ({ findings: [], problems: [] })) }));
jest.mock('../../src/verify/verify-cluster', () => ({ verifyCluster: jest.fn(() => ({ workloads: [] })) }));

test('a stack is judged once for all policies, and once again in the next run', async () => {
  const engine = new Engine(ReleasePolicies.of({ severity: 'info' }));
  await engine.run(resourcesOf(inside()));
  expect([checks.checkIn, verifier.verifyCluster].map((each) => jest.mocked(each).mock.calls.length)).toEqual([1, 1]);
  await engine.run(resourcesOf(inside()));
  expect([checks.checkIn, verifier.verifyCluster].map((each) => jest.mocked(each).mock.calls.length)).toEqual([2, 2]);
});
