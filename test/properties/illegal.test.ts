import { existsSync, mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { Env, Inequality, Overrides, ServicePlan, ZeroDowntimeService, ZeroDowntimeServiceProps } from 'zero-downtime';
import { legalDeclarations } from './arbitraries';
import type { Break } from './illegal';
import { ILLEGAL_RELATIONS } from './illegal-relations';
import { ILLEGAL_TRAFFIC } from './illegal-traffic';
import { ILLEGAL_VALUES } from './illegal-values';
import { synthesize } from './synthesis';

const SECRET = 'correct-horse-battery-staple';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'illegal-'));
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

describe('a legal declaration with one thing broken', () => {
  test.each([...ILLEGAL_VALUES, ...ILLEGAL_RELATIONS, ...ILLEGAL_TRAFFIC])('is refused for $title', ({ break: breaks, field, isFoundByFactory = false }) => {
    fc.assert(fc.property(legalDeclarations, ({ namespace, props }) => {
      expectRefusal(refusalOf(namespace, withSecrets(props), breaks), field, isFoundByFactory);
    }), { numRuns: 4 });
  });

  test('is refused for each override just beyond each of its bounds', () => {
    fc.assert(fc.property(legalDeclarations, ({ namespace, props, oracle }) => {
      const legal = { ...props, overrides: undefined };
      // Another value may have been legal beside an override alone.
      fc.pre(refusalOf(namespace, legal, (base) => base) === undefined);
      const { plan } = synthesize({ namespace, props: legal, oracle }).service;
      for (const { name, overrides } of beyondBounds(plan)) {
        expectRefusal(refusalOf(namespace, legal, (base) => ({ ...base, overrides })), new RegExp(name), false);
      }
    }), { numRuns: 40 });
  });
});

function withSecrets(props: ZeroDowntimeServiceProps): ZeroDowntimeServiceProps {
  return { ...props, env: { ...props.env, API_TOKEN: Env.value(SECRET) }, config: { ...props.config, DB_PASSWORD: SECRET } };
}

/** What a user reads, after checking that nothing was written. */
function refusalOf(namespace: string | undefined, legal: ZeroDowntimeServiceProps, breaks: Break): Error | undefined {
  const outdir = join(folder, 'dist');
  const app = new App({ outdir });
  try {
    new ZeroDowntimeService(new Chart(app, 'shop', { namespace }), 'service', breaks(legal));
    app.synth();
    return undefined;
  } catch (error) {
    expect(existsSync(outdir) ? readdirSync(outdir) : []).toEqual([]);
    return error as Error;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function expectRefusal(error: Error | undefined, field: RegExp, isFoundByFactory: boolean): void {
  expect(error).toBeInstanceOf(Error);
  const { message } = error!;
  expect(message).toMatch(field);
  expect(message).not.toMatch(/^\s+at /m);
  expect(message).not.toContain(SECRET);
  expect(message.length).toBeLessThanOrEqual(2000);
  // A factory knows no construct: the value is refused where the program gives it.
  expect(isFoundByFactory || message.includes('shop/service')).toBe(true);
}

interface Beyond {
  readonly name: string;
  readonly overrides: Overrides;
}

const TIMES = ['preStop', 'terminationGracePeriod', 'minReady', 'progressDeadline', 'scaleDownStabilization'];

function beyondBounds(plan: ServicePlan): Beyond[] {
  const values = (name: string) => (plan.tryFind(name)?.inequalities ?? []).map(justBeyond)
    .filter((value): value is number => value !== undefined && value >= 0);
  return [
    ...TIMES.flatMap((name) => values(name).map((value) => ({ name, overrides: { [name]: Duration.seconds(value) } }))),
    ...values('maxDisrupted').map((value) => ({ name: 'maxDisrupted', overrides: { maxDisrupted: value } })),
    ...['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((probe) => values(`${probe}.failureThreshold`)
      .map((value) => ({ name: `${probe}.failureThreshold`, overrides: { [probe]: { failureThreshold: value } } }))),
  ];
}

function justBeyond({ relation, limit }: Inequality): number | undefined {
  switch (relation) {
    case '≥': return Math.ceil(limit) - 1;
    case '>': return Math.floor(limit);
    case '≤': return Math.floor(limit) + 1;
    case '<': return Math.ceil(limit);
    default: return undefined;
  }
}
