import type { Comparison } from './comparison';
import { Phases, Sample, Subject } from './measurement';
import { table } from './table';

/** All sizes and layouts side by side. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const heads = ['layout', 'N', 'rounds', 'ours ms', 'raw ms', 'yaml ms', 'ours/raw', 'by round', 'ours/yaml', 'us/service', 'peak MB ours/raw/yaml'];
  return table(heads, comparisons.map((comparison) => {
    const rounds = comparison.ratiosByRound(Subject.RAW);
    const time = (subject: Subject) => `${comparison.milliseconds(subject).toFixed(0)} ~${comparison.spread(subject).toFixed(0)}%`;
    return [
      comparison.layout,
      String(comparison.services),
      String(rounds.length),
      ...[Subject.OURS, Subject.RAW, Subject.YAML].map(time),
      comparison.ratioTo(Subject.RAW).toFixed(2),
      `${Math.min(...rounds).toFixed(2)}-${Math.max(...rounds).toFixed(2)}`,
      comparison.ratioTo(Subject.YAML).toFixed(2),
      comparison.perService(Subject.OURS).toFixed(0),
      [Subject.OURS, Subject.RAW, Subject.YAML].map((subject) => comparison.peakMegabytes(subject).toFixed(0)).join('/'),
    ];
  }));
}

/** What a run without comparison took. */
export interface SingleRun {
  readonly title: string;
  readonly services: number;
  readonly sample: Sample;
}

/** Runs that are shown as they are, one round each. */
export function singleRunTable(runs: readonly SingleRun[]): string {
  return table(['layout', 'N', 'ms', 'us/service', 'peak MB'], runs.map(({ title, services, sample }) => [
    title,
    String(services),
    sample.milliseconds.toFixed(0),
    (sample.milliseconds * 1000 / services).toFixed(0),
    sample.peakMegabytes.toFixed(0),
  ]));
}

const PHASES: { readonly [phase in keyof Phases]: string } = {
  plan: 'plan',
  render: 'render',
  constructs: 'constructs',
  validation: 'validation and order',
  toJson: 'toJson',
  yaml: 'YAML',
  files: 'files',
};

/** Where the time goes, in milliseconds. */
export function phaseTable(runs: readonly SingleRun[]): string {
  const phases = Object.keys(PHASES) as (keyof Phases)[];
  return table(['milliseconds of', 'N', ...Object.values(PHASES), 'total'], runs.map(({ title, services, sample }) => [
    title,
    String(services),
    ...phases.map((phase) => sample.phases![phase].toFixed(0)),
    sample.milliseconds.toFixed(0),
  ]));
}
