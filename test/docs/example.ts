import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { evaluate } from './evaluate';
import type { Block } from './markdown';
import { isOfPulumi, PULUMI_PRELUDE, runInPulumi, usesPulumi } from './pulumi-example';

/** What an example did when it was run. */
export interface Outcome {
  readonly manifests: readonly unknown[];
  /** What it printed, or the message of the error that it ended with. */
  readonly output: string;
}

/**
 * What stands before a fragment: a block without imports is the inside of a program with a chart, so that a page can
 * show the one line that it is about.
 */
const PRELUDE = [
  "import { App, Chart, Duration, Size } from 'cdk8s';",
  "import * as kplus from 'cdk8s-plus-27';",
  "import { Construct } from 'constructs';",
  "import * as zeroDowntime from 'zero-downtime';",
  'const {',
  '  Analysis, FlaggerWebhook, RegionRollback, RegionSequence, ReleaseCharts, ReleaseRisk, RolloutAdvice, RolloutEngine,',
  '  Database, Env, EnvFrom, External, Health, IstioRetries, IstioSidecar, KubernetesVersion, LoadBalancerScheme, ManyChartsApp, Metric, Migration,',
  '  NetworkPeer, Pods, Probe, Protocol, Replicas, Review, Risk, Rollout, Security, ServiceAccount, Shutdown, Spread, Traffic,',
  '  TrafficDistribution, Volume, ZeroDowntimeService,',
  '} = zeroDowntime;',
  'const app = new App();',
  "const chart = new Chart(app, 'docs', { namespace: 'shop' });",
  "const base = { image: 'registry.example.com/payments:2.1.0', port: 3000, health: Health.http({ readiness: '/ready', liveness: '/healthz' }) };",
  'void [app, chart, base, Duration, Size, kplus, Construct];',
].join('\n');

/** The whole program that a block of a document stands for. */
export function programOf(document: string, block: Block): string {
  if (/^import /m.test(block.text)) {
    return block.text;
  }
  return isOfPulumi(document) ? `${PULUMI_PRELUDE}\n${block.text}\n` : `${PRELUDE}\n${block.text}\napp.synth();\n`;
}

/** Runs a program as what it is. */
export async function runExample(program: string): Promise<Outcome> {
  return usesPulumi(program) ? runInPulumi(program) : run(program);
}

/** Runs a program with an output folder of its own. */
export function run(program: string): Outcome {
  const outdir = mkdtempSync(join(tmpdir(), 'docs-'));
  const printed: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((text) => void printed.push(String(text)));
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation((text) => void printed.push(String(text)));
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = outdir;
  try {
    evaluate(program);
  } catch (error) {
    printed.push((error as Error).message);
  } finally {
    process.env.CDK8S_OUTDIR = before;
    if (before === undefined) {
      delete process.env.CDK8S_OUTDIR;
    }
    log.mockRestore();
    warn.mockRestore();
  }
  const manifests = readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .flatMap((entry) => parseAllDocuments(readFileSync(join(entry.parentPath, entry.name), 'utf8')).map((document) => document.toJS() as unknown));
  rmSync(outdir, { recursive: true });
  return { manifests, output: printed.join('\n') };
}

/** Type-checks programs together and returns what is wrong, with the name of each. */
export function typeErrorsOf(programs: ReadonlyMap<string, string>, root: string): string[] {
  const configuration = ts.readConfigFile(join(root, 'test/tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(configuration.config, ts.sys, join(root, 'test'));
  // A fragment may declare what it does not use.
  const host = ts.createCompilerHost({ ...options, noUnusedLocals: false });
  const files = new Map([...programs].map(([name, text]) => [join(root, 'test/docs', name), text]));
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, target, ...rest) => files.has(file)
    ? ts.createSourceFile(file, files.get(file)!, target)
    : getSourceFile(file, target, ...rest);
  const program = ts.createProgram([...files.keys()], { ...options, noUnusedLocals: false }, host);
  return [...files.keys()].flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText, start }) => {
    const line = program.getSourceFile(file)!.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    return `${file}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  }));
}
