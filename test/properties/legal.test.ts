import { isDeepStrictEqual } from 'util';
import { Duration, Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { ServicePlan } from 'zero-downtime';
import { LegalDeclaration, legalDeclarations } from './arbitraries';
import { violations } from './oracle';
import { peakPods } from './oracle-capacity';
import { Manifest, releaseOf } from './oracle-reading';
import { synthesize } from './synthesis';
import { apiServerRules } from '../support/api-server-rules';
import { ClosedSchemas, describeWithSchemas, KUBERNETES_VERSIONS } from '../support/closed-schemas';

beforeEach(() => {
  // Weaknesses of random declarations are told by the thousand; that they are told at all is another test's matter.
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(() => jest.restoreAllMocks());

describe('any legal declaration', () => {
  test('is synthesized to manifests that satisfy every inequality of a rolling release', () => {
    forAll((declaration) => violations(synthesize(declaration).manifests, declaration.oracle), 600);
  });

  test('is synthesized to manifests that the API server takes', () => {
    forAll((declaration) => synthesize(declaration).manifests.flatMap(apiServerRules), 350);
  });

  test('is planned in numbers that are neither negative nor missing', () => {
    forAll((declaration) => synthesize(declaration).service.plan.decisions
      .filter(({ value, inequalities }) => !(value >= 0 && Number.isFinite(value)) || inequalities.some(({ limit }) => !Number.isFinite(limit)))
      .map(({ name, value }) => `${name} is ${value}`), 150);
  });

  test('is planned with connections for every pod that a release can have alive', () => {
    forAll((declaration) => {
      const { service, manifests } = synthesize(declaration);
      const planned = service.plan.find('peakPods').value;
      const possible = peakPods(releaseOf(manifests, declaration.oracle));
      return planned >= possible ? [] : [`${planned} pods are planned, ${possible} are possible`];
    }, 350);
  });

  test('is synthesized to the same text again', () => {
    forAll((declaration) => synthesize(declaration).text === synthesize(declaration).text ? [] : ['the texts differ'], 150);
  });

  test('is written as text that YAML 1.1 reads as the same objects', () => {
    forAll((declaration) => roundTrip(synthesize(declaration).manifests, '1.1'), 150);
  });

  test('is written as text that YAML 1.2 reads as the same objects, apart from octal numbers', () => {
    forAll((declaration) => roundTrip(synthesize(declaration).manifests, '1.2'), 150);
  });

  test('may be selected by a label whose key every object inherits', () => {
    forAll(({ props, ...declaration }) => violations(
      synthesize({ ...declaration, props: { ...props, selector: { toString: 'web' } as never } }).manifests, declaration.oracle), 5);
  });

  test('keeps the times that it states', () => {
    forAll(({ props, ...declaration }) => {
      const { facts } = releaseOf(synthesize({ props, ...declaration }).manifests as Manifest[], declaration.oracle);
      const { startsWithin, longestRequest, keepAliveTimeout: keepAlive, maxConnectionAge } = props;
      const stated = { startsWithin, longestRequest, keepAlive, maxConnectionAge };
      return (Object.keys(stated) as Array<keyof typeof stated>)
        .filter((name) => stated[name] !== undefined && facts[name] !== stated[name].toSeconds())
        .map((name) => `${name} is ${facts[name]}, not ${stated[name]?.toSeconds()}`);
    }, 150);
  });

  test('hands its config to the program, under another name when a value changes', () => {
    forAll((declaration) => {
      const config = { ...declaration.props.config, ADDED: 'before' };
      const made = [config, { ...config, ADDED: 'after' }].map((changed) =>
        namesOfConfig({ ...declaration, props: { ...declaration.props, config: changed } }, changed));
      return made[0].length === 1 && made[1].length === 1 && made[0][0] !== made[1][0] ? [] : [`config is read from ${made.join(' and then from ')}`];
    }, 150);
  });

  test('may state what would be derived anyway, and nothing changes', () => {
    forAll((declaration) => {
      const derived = synthesize(declaration);
      const stated = synthesize({ ...declaration, props: { ...declaration.props, overrides: derivedOverrides(derived.service.plan) } });
      return derived.text === stated.text ? [] : ['the manifests differ'];
    }, 150);
  });
});

describeWithSchemas('any legal declaration, by the schemas', () => {
  const newest = KUBERNETES_VERSIONS[KUBERNETES_VERSIONS.length - 1];

  test('is synthesized to manifests without an unknown field, on its own version and the newest', () => {
    forAll((declaration) => {
      const { manifests } = synthesize(declaration);
      // A field may be newer than the version before; manifests for one version work on every later one.
      const own = KUBERNETES_VERSIONS.find((version) => Number(version.slice(2)) >= declaration.oracle.kubernetesMinor) ?? newest;
      return [...new Set([own, newest])].flatMap((version) => manifests.flatMap((manifest) => ClosedSchemas.load(version).validate(manifest)));
    }, 350);
  });
});

function forAll(findings: (declaration: LegalDeclaration) => string[], numRuns: number): void {
  fc.assert(fc.property(legalDeclarations, (declaration) => {
    const found = findings(declaration);
    if (found.length > 0) {
      throw new Error(found.join('\n'));
    }
  }), { numRuns });
}

function roundTrip(manifests: object[], version: '1.1' | '1.2'): string[] {
  const read = parseAllDocuments(Yaml.stringify(...manifests), { version }).map((document) => document.toJS() as object);
  return isDeepStrictEqual(read, JSON.parse(JSON.stringify(manifests))) ? [] : ['the objects differ'];
}

/** The ConfigMaps with this content that the program's environment is filled from. */
function namesOfConfig(declaration: LegalDeclaration, config: Record<string, string>): string[] {
  const manifests = synthesize(declaration).manifests as Manifest[];
  const sources: Manifest[] = releaseOf(manifests, declaration.oracle).container.envFrom ?? [];
  return manifests.filter(({ kind, data }) => kind === 'ConfigMap' && isDeepStrictEqual({ ...data }, config))
    .map(({ metadata }) => metadata.name)
    .filter((name) => sources.some((source) => source.configMapRef?.name === name));
}

function derivedOverrides(plan: ServicePlan) {
  const seconds = (name: string) => {
    const decision = plan.tryFind(name);
    return decision && Duration.seconds(decision.value);
  };
  const probe = (name: string) => ({
    period: seconds(`${name}.period`), timeout: seconds(`${name}.timeout`), failureThreshold: plan.tryFind(`${name}.failureThreshold`)?.value,
  });
  return {
    preStop: seconds('preStop'),
    terminationGracePeriod: seconds('terminationGracePeriod'),
    minReady: seconds('minReady'),
    progressDeadline: seconds('progressDeadline'),
    startupProbe: probe('startupProbe'),
    readinessProbe: probe('readinessProbe'),
    livenessProbe: probe('livenessProbe'),
    maxDisrupted: plan.tryFind('maxDisrupted')?.value,
    scaleDownStabilization: seconds('scaleDownStabilization'),
  };
}
