import { count, found } from './found';
import { exampleOf } from '../../../src/checks/pods/example';
import { READINESS_ONLY_AT_START } from '../../../src/checks/pods/readiness-only-at-start';

const STARTED = { readinessProbe: undefined, startupProbe: '{ httpGet: { path: /live, port: 3000 } }' };

describe('readiness-only-at-start', () => {
  test('tells of a container that is asked until it has started, and no longer', () => {
    expect(found(READINESS_ONLY_AT_START, exampleOf({ container: STARTED }))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].readinessProbe',
      message: 'container payments has a startup probe and no readiness probe, so once it has started Service payments sends it requests '
        + 'whether or not it can answer them',
      fix: 'add a readinessProbe that asks the program whether it can answer requests',
    }]);
  });

  test.each([
    ['has both', exampleOf({ container: { startupProbe: STARTED.startupProbe } })],
    ['has neither, of which another rule tells', exampleOf({ container: { readinessProbe: undefined } })],
    ['stands beside one whose probe answers for the pod', exampleOf({
      container: STARTED, beside: [{ name: 'probe', image: 'registry.example.com/probe:1', readinessProbe: '{ httpGet: { path: /ready, port: 2020 } }' }],
    })],
    ['is selected by no Service', exampleOf({ service: { selector: '{ app: orders }' }, container: STARTED })],
    ['is the only pod of a StatefulSet, which nobody stands in for', exampleOf({ kind: 'StatefulSet', spec: { replicas: '1' }, container: STARTED })],
  ])('is silent of a container that %s', (_title, yaml) => {
    expect(count(READINESS_ONLY_AT_START, yaml)).toBe(0);
  });
});
