import * as fc from 'fast-check';
import { count, found } from './found';
import { exampleOf } from '../../../src/checks/pods/example';
import { LIVENESS_BEFORE_READINESS } from '../../../src/checks/pods/liveness-before-readiness';
import { PROBE_PORT_MISSING } from '../../../src/checks/pods/probe-port-missing';
import { SAME_PROBE } from '../../../src/checks/pods/same-probe';

const probe = (path: string, period: number, failures: number) =>
  `{ httpGet: { path: ${path}, port: 3000 }, periodSeconds: ${period}, failureThreshold: ${failures} }`;
const probed = (livenessProbe: string, readinessProbe: string) => exampleOf({ container: { livenessProbe, readinessProbe } });
const rhythm = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 10 }));

describe('same-probe', () => {
  test('tells of a liveness probe that asks the same as readiness and gives up no later', () => {
    expect(found(SAME_PROBE, probed(probe('/ready', 10, 3), probe('/ready', 10, 3)))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].livenessProbe',
      message: 'the liveness probe of container payments asks what its readiness probe asks and gives up no later, '
        + 'so a pod that should only be sent fewer requests is restarted',
      actual: '30 s',
      required: '> 30 s',
      fix: 'let the liveness probe ask only whether the program hangs, or raise its failureThreshold',
    }]);
  });

  test.each([
    ['another path', probe('/healthz', 10, 3)],
    ['another port', '{ httpGet: { path: /ready, port: 3001 } }'],
    ['by another way', '{ tcpSocket: { port: 3000 } }'],
    ['the same with more patience', probe('/ready', 10, 4)],
  ])('is silent where liveness asks %s', (_, livenessProbe) => {
    expect(count(SAME_PROBE, probed(livenessProbe, probe('/ready', 10, 3)))).toBe(0);
  });

  test('is silent of what nobody sends requests to', () => {
    const yaml = probed(probe('/ready', 10, 3), probe('/ready', 10, 3)).replace('selector: { app: payments }', 'selector: { app: orders }');
    expect(count(SAME_PROBE, yaml)).toBe(0);
  });

  test('finds exactly the probes without more patience, whatever their rhythms', () => {
    fc.assert(fc.property(rhythm, rhythm, (liveness, readiness) => {
      const isPatient = liveness[0] * liveness[1] > readiness[0] * readiness[1];
      expect(count(SAME_PROBE, probed(probe('/ready', ...liveness), probe('/ready', ...readiness)))).toBe(isPatient ? 0 : 1);
    }), { numRuns: 40 });
  });
});

describe('liveness-before-readiness', () => {
  test('tells of a container that is killed while its pod is still ready', () => {
    expect(found(LIVENESS_BEFORE_READINESS, probed(probe('/healthz', 4, 3), probe('/ready', 10, 3)))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].livenessProbe.failureThreshold',
      message: 'container payments is killed 12 s after it stops answering, but requests go on coming until its readiness probe fails after 30 s',
      actual: '12 s',
      required: '≥ 30 s',
      fix: 'set failureThreshold of the livenessProbe to at least 8, or let the readinessProbe fail sooner',
    }]);
  });

  test('leaves probes that ask the same to same-probe', () => {
    expect(count(LIVENESS_BEFORE_READINESS, probed(probe('/ready', 4, 3), probe('/ready', 10, 3)))).toBe(0);
  });

  test('finds exactly the probes that give up sooner, and mends them by what it says', () => {
    fc.assert(fc.property(rhythm, rhythm, (liveness, readiness) => {
      const findings = found(LIVENESS_BEFORE_READINESS, probed(probe('/healthz', ...liveness), probe('/ready', ...readiness)));
      expect(findings.length).toBe(liveness[0] * liveness[1] < readiness[0] * readiness[1] ? 1 : 0);
      findings.forEach(({ fix }) => {
        const threshold = Number(/at least (\d+)/.exec(String(fix))?.[1]);
        expect(count(LIVENESS_BEFORE_READINESS, probed(probe('/healthz', liveness[0], threshold), probe('/ready', ...readiness)))).toBe(0);
      });
    }), { numRuns: 40 });
  });
});

describe('probe-port-missing', () => {
  const asking = (port: string, kind = 'readinessProbe') => exampleOf({
    container: { ports: '[{ name: http, containerPort: 3000 }]', [kind]: `{ httpGet: { path: /ready, port: ${port} } }` },
  });

  test('tells of a named port that the container does not declare', () => {
    expect(found(PROBE_PORT_MISSING, asking('web'))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].readinessProbe.httpGet.port',
      message: 'the readiness probe of container payments asks port web, which the container does not declare, so the pod never becomes ready',
      fix: 'declare a port named web in the container\'s ports, or write the port\'s number',
    }]);
  });

  test('says of a liveness probe that it never fails', () => {
    expect(found(PROBE_PORT_MISSING, asking('web', 'livenessProbe')).map(({ message }) => message)).toEqual([
      'the liveness probe of container payments asks port web, which the container does not declare, so a program that hangs is never restarted',
    ]);
  });

  test.each(['http', '3000', '9999', '"3000"'])('is silent of port %s', (port) => {
    expect(count(PROBE_PORT_MISSING, asking(port))).toBe(0);
  });

  test('looks no port up in another container', () => {
    const yaml = exampleOf({
      container: { readinessProbe: '{ tcpSocket: { port: http } }' },
      beside: [{ name: 'proxy', ports: '[{ name: http, containerPort: 8080 }]' }],
    });
    expect(count(PROBE_PORT_MISSING, yaml)).toBe(1);
  });

  test('holds for native sidecars, and for what nobody sends requests to', () => {
    const yaml = exampleOf({
      service: { selector: '{ app: orders }' },
      before: [{ name: 'proxy', restartPolicy: 'Always', startupProbe: '{ httpGet: { port: admin } }' }],
    });
    expect(found(PROBE_PORT_MISSING, yaml).map(({ path }) => path)).toEqual(['spec.template.spec.initContainers[0].startupProbe.httpGet.port']);
  });
});
