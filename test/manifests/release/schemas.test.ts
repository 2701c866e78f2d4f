import { releaseOf, steadyOf } from './native';
import { RELEASES } from './releases';
import { KubernetesVersion } from '../../../src/spec/kubernetes-version';
import { apiServerRules } from '../../support/api-server-rules';
import { ClosedSchemas, describeWithSchemas, KUBERNETES_VERSIONS } from '../../support/closed-schemas';

function objectsFor(version: string, at: number): object[] {
  const [, props] = RELEASES[at];
  const given = { ...props, kubernetesVersion: KubernetesVersion.of(version) };
  const { forward, rollback } = releaseOf(given);
  return [...Object.values(steadyOf(given)), ...[...forward, ...rollback].flatMap((step) => step.manifests.map(({ manifest }) => manifest))];
}

const TITLES = RELEASES.map(([title], at) => [title, at] as const);

describe.each(KUBERNETES_VERSIONS)('an API server of %s', (version) => {
  test.each(TITLES)('accepts every object of %s', (_, at) => {
    expect(objectsFor(version, at).flatMap((object) => apiServerRules(object as never))).toEqual([]);
  });
});

describeWithSchemas('closed schemas', () => {
  describe.each(KUBERNETES_VERSIONS)('of Kubernetes %s', (version) => {
    test.each(TITLES)('accept every object of %s', (_, at) => {
      const schemas = ClosedSchemas.load(version);
      expect(objectsFor(version, at).flatMap((object) => schemas.validate(object as never))).toEqual([]);
    });
  });
});

test.each(TITLES)('no object of %s holds a field without a value', (_, at) => {
  expect(objectsFor('1.30', at).flatMap(valuesOf).filter((value) => value === undefined || value === null)).toEqual([]);
});

function valuesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((inner) => valuesOf(inner)) : [value];
}
