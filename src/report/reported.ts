import { isAtLeast, type Finding, type Severity } from '../checks/finding';
import type { Cluster } from '../cluster/cluster';

/** What was judged, counted. */
export interface Judged {
  readonly files: number;
  readonly objects: number;
  /** Objects of kinds that nothing reads. */
  readonly unknown: number;
  /** Documents that are no Kubernetes object. */
  readonly passedOver: number;
}

/** Findings as they are reported: those that count, those that were ignored, and how much was looked at. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly ignored: readonly Finding[];
  readonly judged: Judged;
}

/** Chooses what is reported: everything at or above a severity. */
export function reported(findings: readonly Finding[], severity: Severity, input: { cluster: Cluster; files: number; passedOver: number }): Report {
  const shown = findings.filter((finding) => isAtLeast(finding.severity, severity));
  return {
    findings: shown.filter(({ ignored }) => ignored === undefined),
    ignored: shown.filter(({ ignored }) => ignored !== undefined),
    judged: judgedOf(input),
  };
}

/** How much was looked at. */
export function judgedOf({ cluster, files, passedOver }: { cluster: Cluster; files: number; passedOver: number }): Judged {
  return { files, objects: cluster.objects.length, unknown: cluster.unknown, passedOver };
}

/** A number of things: `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How much was looked at, as a sentence's end. */
export function judgedText({ files, objects, unknown, passedOver }: Judged): string {
  const unread = unknown === 0 ? '' : `, ${unknown} of kinds that no rule reads`;
  const others = passedOver === 0 ? '' : `; ${counted(passedOver, 'document')} passed over`;
  return `in ${counted(objects, 'object')} of ${counted(files, 'file')}${unread}${others}`;
}
