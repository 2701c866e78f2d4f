import { count, found } from './found';
import { exampleOf } from '../../../src/checks/pods/example';
import { PRE_STOP_NEEDS_SHELL } from '../../../src/checks/pods/pre-stop-needs-shell';
import { PRE_STOP_UNSUPPORTED } from '../../../src/checks/pods/pre-stop-unsupported';

const hooked = (preStop: string, image?: string) => exampleOf({ container: { lifecycle: `{ preStop: ${preStop} }`, ...(image && { image }) } });
const COMMAND = '{ exec: { command: [sleep, "10"] } }';

describe('pre-stop-unsupported', () => {
  test('tells of the sleep action before Kubernetes 1.30', () => {
    expect(found(PRE_STOP_UNSUPPORTED, hooked('{ sleep: { seconds: 10 } }'), { kubernetes: 29 })).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds',
      message: 'the preStop hook of container payments sleeps for 10 s, which Kubernetes 1.29 does not know and refuses',
      actual: '1.29',
      required: '≥ 1.30',
      fix: 'use exec: { command: [sleep, "10"] } instead',
    }]);
  });

  test('tells of a sleep of 0 before Kubernetes 1.33', () => {
    expect(found(PRE_STOP_UNSUPPORTED, hooked('{ sleep: { seconds: 0 } }'), { kubernetes: 32 }).map(({ required, fix }) => [required, fix]))
      .toEqual([['≥ 1.33', 'remove the preStop hook, or let it sleep']]);
  });

  test.each([
    ['sleep', '{ sleep: { seconds: 10 } }', 30], ['a sleep of 0', '{ sleep: { seconds: 0 } }', 33], ['a command', COMMAND, 20],
    ['a request', '{ httpGet: { port: 3000 } }', 20],
  ])('is silent of %s from the version on that knows it', (_, preStop, kubernetes) => {
    expect(count(PRE_STOP_UNSUPPORTED, hooked(preStop), { kubernetes })).toBe(0);
  });

  test('tells of a tcpSocket, which no version runs', () => {
    expect(found(PRE_STOP_UNSUPPORTED, hooked('{ tcpSocket: { port: 3000 } }'))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].lifecycle.preStop',
      message: 'the preStop hook of container payments is a tcpSocket, which no version of Kubernetes runs, so the container gets SIGTERM at once',
      fix: 'use sleep, exec or httpGet',
    }]);
  });

  test('tells of a hook that says nothing', () => {
    expect(found(PRE_STOP_UNSUPPORTED, hooked('{}')).map(({ message }) => message))
      .toEqual(['the preStop hook of container payments says nothing that could be run, so Kubernetes refuses the manifest']);
  });
});

describe('pre-stop-needs-shell', () => {
  test('tells of a command that the image does not have', () => {
    expect(found(PRE_STOP_NEEDS_SHELL, hooked(COMMAND, 'gcr.io/distroless/nodejs22'))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].lifecycle.preStop.exec.command',
      message: 'the preStop hook of container payments runs sleep, which image gcr.io/distroless/nodejs22 by its name does not have, so SIGTERM follows at once',
      fix: 'use preStop: { sleep: { seconds: 10 } }, which needs nothing of the image',
    }]);
  });

  test('proposes no sleep action where Kubernetes does not know it', () => {
    expect(found(PRE_STOP_NEEDS_SHELL, hooked(COMMAND, 'gcr.io/distroless/static'), { kubernetes: 29 }).map(({ fix }) => fix))
      .toEqual(['use an image that has the program, or an httpGet hook that waits']);
  });

  test.each([
    'registry.example.com:5000/payments:1.0-distroless', 'cgr.dev/chainguard/node:latest', 'registry.example.com/payments:scratch',
    'registry.example.com/scratch@sha256:00',
  ])('takes %s for one without a shell', (image) => {
    expect(count(PRE_STOP_NEEDS_SHELL, hooked('{ exec: { command: [/bin/sh, -c, sleep 10] } }', image))).toBe(1);
  });

  test.each([
    'registry.example.com/payments:2.1.0', 'gcr.io/distroless/base:debug', 'gcr.io/distroless/base:debug-nonroot', 'cgr.dev/chainguard/node:latest-dev',
    'registry.example.com/static-site:1', 'registry.example.com/scratchpad:1',
  ])('takes %s for one that may have a shell', (image) => {
    expect(count(PRE_STOP_NEEDS_SHELL, hooked(COMMAND, image))).toBe(0);
  });

  test.each(['{ exec: { command: [/app/payments, drain] } }', '{ sleep: { seconds: 10 } }'])('is silent of %s, which needs no shell', (preStop) => {
    expect(count(PRE_STOP_NEEDS_SHELL, hooked(preStop, 'gcr.io/distroless/static'))).toBe(0);
  });
});
