import * as fixtures from './fixtures';
import { withValue } from './variants';
import { ClosedSchemas, describeWithSchemas, KUBERNETES_VERSIONS, KubernetesVersion } from '../support/closed-schemas';
import { JsonObject } from '../support/manifest-finding';

const HTTP = '/spec/http/0';
const POLICY = '/spec/trafficPolicy';
const CONTAINER = '/spec/template/spec/containers/0';

const MANIFESTS = Object.values(fixtures).map((fixture) => fixture()).filter((manifest) => manifest.kind !== undefined);

/** A change, where it is made, and the finding it brings: none when it is accepted. */
type SchemaCase = [what: string, pointer: string, value: unknown, ...findings: string[]];

function check(base: () => JsonObject, cases: readonly SchemaCase[], version: KubernetesVersion = '1.34'): void {
  test.each(cases.map((entry) => ({ what: entry[0], pointer: entry[1], value: entry[2], findings: entry.slice(3) })))(
    '$what ($pointer)', ({ pointer, value, findings }) => {
      const manifest = withValue(base(), pointer, value);
      const subject = `${manifest.kind} ${(manifest.metadata as JsonObject).name}`;
      expect(ClosedSchemas.load(version).validate(manifest)).toEqual(findings.map((finding) => `${subject}: ${finding}`));
    },
  );
}

describeWithSchemas('closed schemas by version', () => {
  describe.each(KUBERNETES_VERSIONS)('Kubernetes %s', (version) => {
    test.each(MANIFESTS)('accepts a good $kind', (manifest) => {
      expect(ClosedSchemas.load(version).validate(manifest)).toEqual([]);
    });

    test('refuses a misspelt field', () => {
      const manifest = withValue(fixtures.deployment(), `${CONTAINER}/livenes`, {});
      expect(ClosedSchemas.load(version).validate(manifest)).toEqual([`Deployment payments: ${CONTAINER}/livenes: unknown field`]);
    });

    test('is loaded once', () => {
      expect(ClosedSchemas.load(version)).toBe(ClosedSchemas.load(version));
    });
  });

  describe('what a version knows', () => {
    const sleeping = () => withValue(fixtures.deployment(), `${CONTAINER}/lifecycle/preStop`, { sleep: { seconds: 15 } });

    test('preStop.sleep came after 1.27', () => {
      expect(ClosedSchemas.load('1.27').validate(sleeping())).toEqual([`Deployment payments: ${CONTAINER}/lifecycle/preStop/sleep: unknown field`]);
      expect(ClosedSchemas.load('1.30').validate(sleeping())).toEqual([]);
    });

    test('its own kinds', () => {
      const policy = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy', metadata: { name: 'p' } };
      expect(ClosedSchemas.load('1.27').validate(policy)).toEqual([
        'ValidatingAdmissionPolicy p: /kind: unknown kind admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy (Kubernetes 1.27, custom resources)',
      ]);
      expect(ClosedSchemas.load('1.30').validate(policy)).toEqual([]);
    });
  });
});

describeWithSchemas('closed schemas of built-in kinds', () => {
  describe('misspelt fields', () => check(fixtures.deployment, [
    ['at the root', '/specs', {}, '/specs: unknown field'],
    ['in metadata', '/metadata/label', {}, '/metadata/label: unknown field'],
    ['in the spec', '/spec/replica', 1, '/spec/replica: unknown field'],
    ['in the template', '/spec/template/specs', {}, '/spec/template/specs: unknown field'],
    ['in a probe', `${CONTAINER}/livenessProbe/httpGet/uri`, '/', `${CONTAINER}/livenessProbe/httpGet/uri: unknown field`],
    ['in a list entry', `${CONTAINER}/ports/0/protocoll`, 'TCP', `${CONTAINER}/ports/0/protocoll: unknown field`],
    ['with a slash in it', `${CONTAINER}/a~1b`, 1, `${CONTAINER}/a~1b: unknown field`],
    ['but any label', '/metadata/labels/anything', 'x'],
  ]));

  describe('values', () => check(fixtures.deployment, [
    ['wrong type', '/spec/replicas', '3', '/spec/replicas: must be integer, not string'],
    ['not an integer', '/spec/replicas', 1.5, '/spec/replicas: must be integer, not number'],
    ['beyond 32 bits', '/spec/replicas', 2 ** 31, '/spec/replicas: must match format "int32"'],
    ['an object for a list', `${CONTAINER}/ports`, {}, `${CONTAINER}/ports: must be array, not object`],
    ['a list for an object', '/spec/template', [], '/spec/template: must be object, not array'],
    ['null for an object', '/spec/strategy', null, '/spec/strategy: must be object, not null'],
    ['null for a string', `${CONTAINER}/image`, null, `${CONTAINER}/image: must be string, not null`],
    ['null for a label', '/metadata/labels/app', null, '/metadata/labels/app: must be string, not null'],
    ['null for an int-or-string', '/spec/strategy/rollingUpdate/maxSurge', null,
      '/spec/strategy/rollingUpdate/maxSurge: must be integer or string, not null'],
    ['a number for a label', '/metadata/labels/version', 1, '/metadata/labels/version: must be string, not number'],
    ['required field', `${CONTAINER}/name`, undefined, `${CONTAINER}/name: required field is missing`],
    ['int-or-string as int', '/spec/strategy/rollingUpdate/maxSurge', 1],
    ['int-or-string as string', '/spec/strategy/rollingUpdate/maxSurge', '10%'],
    ['int-or-string as boolean', '/spec/strategy/rollingUpdate/maxSurge', true,
      '/spec/strategy/rollingUpdate/maxSurge: must be integer or string, not boolean'],
    ['quantity as number', `${CONTAINER}/resources/requests/cpu`, 0.5],
    ['quantity as string', `${CONTAINER}/resources/requests/cpu`, '1.5Gi'],
    ['quantity as neither', `${CONTAINER}/resources/requests/cpu`, true, `${CONTAINER}/resources/requests/cpu: must be string or number, not boolean`],
    ['a time', '/metadata/creationTimestamp', '2024-05-01T10:00:00Z'],
    ['not a time', '/metadata/creationTimestamp', '1 May', '/metadata/creationTimestamp: must match format "date-time"'],
    ['several at once', '/spec', { replicas: '1', selector: {}, template: {}, x: 1 },
      '/spec/x: unknown field', '/spec/replicas: must be integer, not string'],
  ]));

  test('a quantity with an unknown suffix is refused', () => {
    const manifest = withValue(fixtures.deployment(), `${CONTAINER}/resources/requests/memory`, '1GB');
    expect(ClosedSchemas.load('1.30').validate(manifest)).toEqual([
      expect.stringContaining(`Deployment payments: ${CONTAINER}/resources/requests/memory: must match pattern`),
    ]);
  });

  test('Secret data is base64', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'cGFzcw==', b: 'pass!' } };
    expect(ClosedSchemas.load('1.30').validate(secret)).toEqual(['Secret s: /data/b: must match format "byte"']);
  });
});

describeWithSchemas('closed schemas of any manifest', () => {
  describe('kinds', () => {
    test.each([
      [{ apiVersion: 'apps/v2', kind: 'Deployment', metadata: { name: 'a' } }, 'Deployment a: /kind: unknown kind apps/v2 Deployment'],
      [{ apiVersion: 'a/b/c', kind: 'D' }, 'D (unnamed): /kind: unknown kind a/b/c D'],
      [{ apiVersion: '../crds/x', kind: '../y' }, '../y (unnamed): /kind: unknown kind ../crds/x ../y'],
      [{ apiVersion: '__proto__', kind: 'constructor' }, 'constructor (unnamed): /kind: unknown kind __proto__ constructor'],
    ])('%j is unknown', (manifest, line) => {
      expect(ClosedSchemas.load('1.30').validate(manifest)).toEqual([`${line} (Kubernetes 1.30, custom resources)`]);
    });

    test.each([
      [undefined, 'Not an object: /: must be an object'],
      [[], 'Not an object: /: must be an object'],
      [{ kind: 'Pod' }, 'Pod (unnamed): /: apiVersion and kind must be strings'],
      [{ apiVersion: 'v1', metadata: { name: 'x' } }, '(no kind) x: /: apiVersion and kind must be strings'],
    ])('%j is no manifest', (manifest, line) => {
      expect(ClosedSchemas.load('1.30').validate(manifest)).toEqual([line]);
    });
  });

  test('one finding leaves nothing behind for the next manifest', () => {
    const schemas = ClosedSchemas.load('1.30');
    expect(schemas.validate(withValue(fixtures.service(), '/spec/x', 1))).toEqual(['Service payments: /spec/x: unknown field']);
    expect(schemas.validate(fixtures.service())).toEqual([]);
  });

  test('compiled validators are reused', () => {
    const schemas = ClosedSchemas.load('1.30');
    const manifests = [fixtures.deployment(), fixtures.virtualService(), fixtures.destinationRule(), fixtures.httpRoute()];
    manifests.forEach((manifest) => schemas.validate(manifest));
    const start = process.hrtime.bigint();
    for (let round = 0; round < 2500; round++) {
      manifests.forEach((manifest) => schemas.validate(manifest));
    }
    // Compiling takes hundreds of milliseconds each; 10,000 validations take a fraction of this bound.
    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(5000);
  });
});

describeWithSchemas('closed schemas of Istio', () => {
  describe('VirtualService', () => check(fixtures.virtualService, [
    ['at the root', '/specs', {}, '/specs: unknown field'],
    ['metadata', '/metadata/label', {}, '/metadata/label: unknown field'],
    ['metadata values', '/metadata/labels', { a: 1 }, '/metadata/labels/a: must be string, not number'],
    ['in the spec', '/spec/host', [], '/spec/host: unknown field'],
    ['in a route', `${HTTP}/retry`, {}, `${HTTP}/retry: unknown field`],
    ['below a route', `${HTTP}/retries/perTryTimout`, '1s', `${HTTP}/retries/perTryTimout: unknown field`],
    ['in a destination', `${HTTP}/route/0/destination/sub`, 'v1', `${HTTP}/route/0/destination/sub: unknown field`],
    ['fields that oneOf branches name', `${HTTP}/match/0/uri`, { regex: '/.*' }],
    ['two of oneOf', `${HTTP}/match/0/uri`, { regex: '/.*', exact: '/' }, `${HTTP}/match/0/uri: must match exactly one of: none of them, exact, prefix, regex`],
    ['unknown beside oneOf', `${HTTP}/match/0/uri/prefx`, '/', `${HTTP}/match/0/uri/prefx: unknown field`],
    ['wrong type', `${HTTP}/route/0/weight`, '100', `${HTTP}/route/0/weight: must be integer, not string`],
    ['null', `${HTTP}/timeout`, null, `${HTTP}/timeout: must be string, not null`],
    ['null where nullable', `${HTTP}/corsPolicy`, { allowCredentials: null }],
    ['wrong type where nullable', `${HTTP}/corsPolicy`, { allowCredentials: 'no' }, `${HTTP}/corsPolicy/allowCredentials: must be boolean, not string`],
    ['preserved unknown fields', '/status', { anything: { at: 'all' } }],
  ]));

  describe('DestinationRule', () => check(fixtures.destinationRule, [
    ['in a policy', `${POLICY}/outlierDetections`, {}, `${POLICY}/outlierDetections: unknown field`],
    ['below a policy', `${POLICY}/outlierDetection/consecutiveErors`, 5, `${POLICY}/outlierDetection/consecutiveErors: unknown field`],
    ['in a connection pool', `${POLICY}/connectionPool/http/maxRequests`, 5, `${POLICY}/connectionPool/http/maxRequests: unknown field`],
    ['in a subset', '/spec/subsets/0/label', {}, '/spec/subsets/0/label: unknown field'],
    ['in a subset policy', '/spec/subsets/0/trafficPolicy', { tlss: {} }, '/spec/subsets/0/trafficPolicy/tlss: unknown field'],
    ['enum', `${POLICY}/loadBalancer/simple`, 'FASTEST',
      `${POLICY}/loadBalancer/simple: must be one of UNSPECIFIED, LEAST_CONN, RANDOM, PASSTHROUGH, ROUND_ROBIN, LEAST_REQUEST`],
    ['unknown inside allOf', `${POLICY}/loadBalancer`, { consistentHash: { useSourceIp: true, useIp: true } },
      `${POLICY}/loadBalancer/consistentHash/useIp: unknown field`],
    ['two of oneOf', `${POLICY}/loadBalancer/consistentHash`, { useSourceIp: true },
      `${POLICY}/loadBalancer: must match exactly one of: none of them, simple, consistentHash, backendUtilization`],
  ]));
});

describeWithSchemas('closed schemas of other custom resources', () => {
  describe('HTTPRoute', () => check(fixtures.httpRoute, [
    ['in the spec', '/spec/hosts', [], '/spec/hosts: unknown field'],
    ['in a rule', '/spec/rules/0/timeout', {}, '/spec/rules/0/timeout: unknown field'],
    ['in a match', '/spec/rules/0/matches/0/path/prefix', '/', '/spec/rules/0/matches/0/path/prefix: unknown field'],
    ['in a backend', '/spec/rules/0/backendRefs/0/wieght', 1, '/spec/rules/0/backendRefs/0/wieght: unknown field'],
    ['range', '/spec/rules/0/backendRefs/0/port', 0, '/spec/rules/0/backendRefs/0/port: must be >= 1'],
    ['required', '/spec/rules/0/backendRefs/0/name', undefined, '/spec/rules/0/backendRefs/0/name: required field is missing'],
    ['pattern', '/spec/hostnames/0', 'Shop', '/spec/hostnames/0: must match pattern "^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"'],
    ['duplicate list map key', '/spec/rules/0/matches/0/headers', [{ name: 'A', value: '1' }, { name: 'A', value: '2' }],
      '/spec/rules/0/matches/0/headers: must not hold two entries with the same key'],
  ]));

  describe('Rollout', () => check(fixtures.rollout, [
    ['in the strategy', '/spec/strategy/canary/step', [], '/spec/strategy/canary/step: unknown field'],
    ['in the pod template', `${CONTAINER}/livenes`, {}, `${CONTAINER}/livenes: unknown field`],
    ['int-or-string as int', '/spec/strategy/canary/maxSurge', 2],
    ['int-or-string as string', '/spec/strategy/canary/maxSurge', '20%'],
    ['int-or-string as boolean', '/spec/strategy/canary/maxSurge', true, '/spec/strategy/canary/maxSurge: must be integer or string, not boolean'],
    ['required but defaulted list map key', `${CONTAINER}/ports`, [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }]],
    ['duplicate list map key', `${CONTAINER}/ports`, [{ containerPort: 80 }, { containerPort: 80, protocol: 'TCP' }],
      `${CONTAINER}/ports: must not hold two entries with the same key`],
  ]));
});
