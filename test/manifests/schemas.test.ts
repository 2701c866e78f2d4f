import { declarationsFor } from './declarations';
import { synthesize } from './synthesized';
import { apiServerRules } from '../support/api-server-rules';
import { ClosedSchemas, describeWithSchemas, KUBERNETES_VERSIONS } from '../support/closed-schemas';

describe.each(KUBERNETES_VERSIONS)('the rules of an API server of %s', (version) => {
  test.each(declarationsFor(version))('accept what is made of %s', (_, props) => {
    expect(synthesize(props).objects.flatMap((object) => apiServerRules(object))).toEqual([]);
  });
});

describeWithSchemas('closed schemas', () => {
  describe.each(KUBERNETES_VERSIONS)('of Kubernetes %s', (version) => {
    test.each(declarationsFor(version))('accept what is made of %s', (_, props) => {
      const schemas = ClosedSchemas.load(version);
      expect(synthesize(props).objects.flatMap((object) => schemas.validate(object))).toEqual([]);
    });
  });

  test.each(KUBERNETES_VERSIONS)('accept on every later version what is made for %s', (version) => {
    const later = KUBERNETES_VERSIONS.slice(KUBERNETES_VERSIONS.indexOf(version) + 1).map((name) => ClosedSchemas.load(name));
    for (const [, props] of declarationsFor(version)) {
      const { objects } = synthesize(props);
      expect(later.flatMap((schemas) => objects.flatMap((object) => schemas.validate(object)))).toEqual([]);
    }
  });
});

test.each(KUBERNETES_VERSIONS)('for %s no object holds a field without a value, and no annotation or label anything but text', (version) => {
  for (const [, props] of declarationsFor(version)) {
    for (const object of synthesize(props).objects) {
      expect(valuesOf(object).filter((value) => value === undefined || value === null)).toEqual([]);
      expect(Object.values({ ...object.metadata.labels, ...object.metadata.annotations }).filter((value) => typeof value !== 'string')).toEqual([]);
    }
  }
});

test.each(KUBERNETES_VERSIONS)('for %s no two objects of one kind share a name', (version) => {
  for (const [, props] of declarationsFor(version)) {
    const names = synthesize(props).objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names).toEqual([...new Set(names)]);
  }
});

function valuesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((inner) => valuesOf(inner)) : [value];
}
