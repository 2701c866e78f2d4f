import { cpus } from 'os';
import { ChildProcess } from './child-process';
import { Comparison, Effort } from './comparison';
import { CompiledCopy } from './compiled-copy';
import { Judging } from './judging';
import { Layout, Subject } from './measurement';
import { Migrating } from './migrating';
import { Registering } from './registering';
import { comparisonTable, phaseTable, SingleRun, singleRunTable } from './report';
import { targetLines } from './targets';

const EFFORTS: Effort[] = [
  { services: 1, rounds: 5, seconds: 5 },
  { services: 100, rounds: 5, seconds: 8 },
  { services: 1000, rounds: 3, seconds: 25 },
  { services: 4000, rounds: 2, seconds: 30 },
];
const MOST_SERVICES_OF_QUICK_RUN = 1000;
const SERVICES_BY_PHASE = 1000;
/** Few, because the time grows with their square. */
const SERVICES_IN_CDK8S_APP = [100, 1000, 2000];

/** What can be measured alone: `--pulumi`. */
const PARTS = ['synthesis', 'pulumi', 'judging', 'migrations'] as const;

/** A measurement, not a test: a missed target is told, and only a failure to measure fails. */
async function main(isQuick: boolean): Promise<void> {
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interruption.abort());
  }
  const copy = CompiledCopy.make();
  try {
    const only = PARTS.find((part) => process.argv.includes(`--${part}`));
    if (only === undefined || only === 'synthesis') {
      await report(new ChildProcess(copy, interruption.signal), isQuick);
    }
    if (only === undefined || only === 'pulumi') {
      print('', ...await new Registering(copy, interruption.signal).report(isQuick));
    }
    if (only === undefined || only === 'judging') {
      print('', ...await new Judging(copy, interruption.signal).report(isQuick));
    }
    if (only === undefined || only === 'migrations') {
      print('', ...await new Migrating(copy, interruption.signal).report());
    }
  } finally {
    copy.remove();
  }
}

async function report(child: ChildProcess, isQuick: boolean): Promise<void> {
  const comparisons = await compareAll(child, EFFORTS.filter(({ services }) => !isQuick || services <= MOST_SERVICES_OF_QUICK_RUN));
  const most = comparisons[comparisons.length - 1];
  print(
    `${most.objects / most.services} objects a service; Node ${process.version}, ${cpus().length} CPUs; each measurement in a fresh process`,
    'ours: ZeroDowntimeService; raw: ApiObjects of the same objects; yaml: Yaml.save of the same objects',
    'times are medians, ~ how far apart the rounds were; a chart per service is in a ManyChartsApp unless told otherwise', '',
    comparisonTable(comparisons), '',
  );
  print('where the time goes, in one run each; "constructs" holds the ApiObjects', '', phaseTable(await byPhase(child)), '');
  print('raw objects in cdk8s\' own App, which validates the app again for every chart: one run each', '');
  print(singleRunTable(await inCdk8sApp(child)), '', ...targetLines(comparisons));
}

async function compareAll(child: ChildProcess, efforts: readonly Effort[]): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const layout of [Layout.ONE_CHART, Layout.CHART_PER_SERVICE]) {
    // The first reads of the files from the disk are nobody's.
    await Comparison.run(child, layout, { services: 10, rounds: 1, seconds: 0 });
    for (const effort of efforts) {
      process.stderr.write(`measuring ${effort.services} in ${layout}\n`);
      comparisons.push(await Comparison.run(child, layout, effort));
    }
  }
  return comparisons;
}

async function byPhase(child: ChildProcess): Promise<SingleRun[]> {
  const runs: SingleRun[] = [];
  for (const layout of [Layout.ONE_CHART, Layout.CHART_PER_SERVICE]) {
    for (const subject of [Subject.OURS, Subject.RAW]) {
      const sample = await child.measure(subject, layout, SERVICES_BY_PHASE, true);
      runs.push({ title: `${subject}, ${layout}`, services: SERVICES_BY_PHASE, sample });
    }
  }
  return runs;
}

async function inCdk8sApp(child: ChildProcess): Promise<SingleRun[]> {
  const layout = Layout.CHART_PER_SERVICE_CDK8S;
  const runs: SingleRun[] = [];
  for (const services of SERVICES_IN_CDK8S_APP) {
    runs.push({ title: `raw, ${layout}`, services, sample: await child.measure(Subject.RAW, layout, services) });
  }
  return runs;
}

function print(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

main(process.argv.includes('--quick')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
