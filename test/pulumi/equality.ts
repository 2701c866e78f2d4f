import { isDeepStrictEqual } from 'util';
import * as fc from 'fast-check';
import { ZeroDowntimeService, type ZeroDowntimeServiceArgs } from 'zero-downtime/pulumi';
import { givenBy, laterArgsOf } from './later-declaration';
import { objectOf, run } from './program';
import { DeclarationError } from '../../src/spec/declaration-error';
import type { LegalDeclaration } from '../properties/arbitraries';
import { synthesize } from '../properties/synthesis';

/** How many times as many declarations are drawn as a test run has time for: `FC_RUNS=20 npx jest test/pulumi/equality` takes half an hour. */
const RUNS = Number(process.env.FC_RUNS ?? 1);

/** What the objects of one binding have and those of the other have not, and why. */
export const DIFFERENCES: ReadonlyArray<{ readonly why: string; readonly without: (object: Object_) => Object_ }> = [
  {
    why: 'Pulumi awaits a Service or an Ingress until pods are behind it, and pods are made after both',
    without: (object) => withoutAnnotation(object, ['Service', 'Ingress'], 'pulumi.com/skipAwait'),
  },
  {
    why: 'Pulumi finds a Job that has failed as it is, and would make it anew by no other word',
    without: (object) => withoutAnnotation(object, ['Job'], 'pulumi.com/replaceUnready'),
  },
];

type Object_ = Record<string, any>;

function withoutAnnotation(object: Object_, kinds: readonly string[], annotation: string): Object_ {
  return !kinds.includes(object.kind) ? object
    : { ...object, metadata: withoutEmpty({ ...object.metadata, annotations: omit(object.metadata.annotations, annotation) }) };
}

function omit(map: Object_, key: string): Object_ {
  return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
}

function withoutEmpty(metadata: Object_): Object_ {
  return Object.keys(metadata.annotations).length === 0 ? omit(metadata, 'annotations') : metadata;
}

/** Declares two tests of any declaration: as it is, and with texts that are known later. */
export function testEquality(declarations: fc.Arbitrary<LegalDeclaration>, numRuns: number): void {
  beforeEach(() => {
    // Weaknesses of random declarations are told by the thousand; that they are told at all is another test's matter.
    jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    // The SDK asks for a stack at each resource, which Jest makes from source maps.
    Error.stackTraceLimit = 0;
  });

  afterEach(() => {
    Error.stackTraceLimit = 10;
    jest.restoreAllMocks();
  });

  test('becomes the same objects as in cdk8s, or is refused in the same sentences', async () => {
    await fc.assert(fc.asyncProperty(declarations, async (declaration) => {
      expect(differences(inCdk8s(declaration), await inPulumi({ ...declaration.props, namespace: declaration.namespace }))).toEqual([]);
    }), { numRuns: numRuns * RUNS });
  }, 60_000 * Math.max(10, RUNS));

  test('becomes the same objects where texts are known later', async () => {
    await fc.assert(fc.asyncProperty(declarations, fc.integer(), async (declaration, seed) => {
      const expected = inCdk8s(declaration);
      if (expected instanceof Map) {
        expect(differences(expected, await inPulumi(laterArgsOf(declaration, givenBy(seed))))).toEqual([]);
      }
    }), { numRuns: numRuns * RUNS });
  }, 60_000 * Math.max(10, RUNS));
}

/** The objects by kind and name, or why there are none. */
type Made = Map<string, Object_> | readonly string[];

function inCdk8s(declaration: LegalDeclaration): Made {
  return orProblems(() => byName(synthesize(declaration).service.objects.map((object) => object.toJson())));
}

async function inPulumi(args: ZeroDowntimeServiceArgs): Promise<Made> {
  let refused: unknown;
  const { resources, failures } = await run(() => {
    try {
      new ZeroDowntimeService('service', args);
    } catch (error) {
      refused = error;
    }
  });
  if (refused !== undefined) {
    expect(resources).toEqual([]);
    return problemsOf(refused);
  }
  expect(failures).toEqual([]);
  return byName(resources.filter(({ isCustom }) => isCustom).map(objectOf));
}

function byName(objects: readonly Object_[]): Map<string, Object_> {
  const named = new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
  expect(named.size).toBe(objects.length);
  return named;
}

function orProblems(make: () => Made): Made {
  try {
    return make();
  } catch (error) {
    return problemsOf(error);
  }
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof DeclarationError) {
    return error.problems;
  }
  const { errors } = error as { errors?: { reason: string }[] };
  if (errors === undefined) {
    throw error;
  }
  return errors.map(({ reason }) => reason);
}

function differences(expected: Made, actual: Made): unknown[] {
  if (!(expected instanceof Map) || !(actual instanceof Map)) {
    return isDeepStrictEqual(expected, actual) ? [] : [expected, actual];
  }
  return [...new Set([...expected.keys(), ...actual.keys()])].flatMap((name) => {
    const [one, other] = [expected.get(name), actual.get(name)];
    const plain = other && DIFFERENCES.reduce((object, { without }) => without(object), other);
    return isDeepStrictEqual(one, plain) ? [] : [{ name, paths: pathsThatDiffer(one, plain) }];
  });
}

function pathsThatDiffer(one: any, other: any, path = ''): unknown[] {
  if (isDeepStrictEqual(one, other)) {
    return [];
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return [[path, one, other]];
  }
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) => pathsThatDiffer(one[key], other[key], `${path}/${key}`));
}
