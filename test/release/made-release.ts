import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Colour, Health, Replicas, Rollout, RolloutEngine, Traffic, ZeroDowntimeService, type ZeroDowntimeServiceProps } from '../../src';
import { ReleaseCharts } from '../../src/cdk8s/release-charts';

const folders: string[] = [];
afterAll(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** The manifests of a service, and the folder of its release. */
export interface Made {
  readonly steady: readonly any[];
  readonly folder: string;
  /** The objects of one file of the release, by a part of its name. */
  readonly step: (name: string) => readonly any[];
}

/** Synthesizes a version of the payments service, and its release. */
export function made(tag: string, props: Partial<ZeroDowntimeServiceProps>): Made {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  folders.push(folder);
  const app = new App({ outdir: join(folder, 'steady') });
  const service = new ZeroDowntimeService(new Chart(app, 'payments', { namespace: 'shop' }), 'payments', {
    image: `registry.example.com/payments:${tag}`,
    port: 3000,
    health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
    replicas: Replicas.fixed(4),
    traffic: [Traffic.istio()],
    ...props,
  });
  const release = new App({ outdir: join(folder, 'release') });
  new ReleaseCharts(release, 'payments', { service });
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  app.synth();
  release.synth();
  warn.mockRestore();
  const read = (file: string) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS());
  const files = readdirSync(join(folder, 'release'));
  return {
    folder: join(folder, 'release'),
    steady: read('steady/payments.k8s.yaml'),
    step: (name) => files.filter((file) => file.includes(name)).flatMap((file) => read(`release/${file}`)),
  };
}

/** A canary with two shares and a header. */
export const CANARY = Rollout.canary({ engine: RolloutEngine.native(), steps: [5, 50], header: { name: 'x-canary', value: 'true' } });
/** The old version is blue, and the new one green. */
export const TO_GREEN = Rollout.blueGreen({ engine: RolloutEngine.native({ live: Colour.GREEN }) });
export const BLUE = Rollout.blueGreen({ engine: RolloutEngine.native({ live: Colour.BLUE }) });
