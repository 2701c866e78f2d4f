import { githubAnnotations, type Annotation } from './github';
import type { Format } from './render-findings';
import { judgedOf } from './reported';
import { sarifLog, type SarifResult, type SarifRule } from './sarif';
import { timelineText } from './timeline-text';
import { verdictsJson } from './verdicts-json';
import { verdictsText } from './verdicts-text';
import { VERSION } from './version';
import type { Cluster } from '../cluster/cluster';
import type { Verified, WayVerdict, WorkloadVerdict } from '../verify/verdict';

/** Verdicts in a format. */
export function renderVerdicts(
  verified: Verified, input: { cluster: Cluster; files: number; passedOver: number }, format: Format, hasColour: boolean,
): string {
  switch (format) {
    case 'text': return verdictsText(verified, judgedOf(input), hasColour);
    case 'json': return verdictsJson(verified, judgedOf(input));
    case 'sarif': return sarifLog(SARIF_RULES, unprovedOf(verified).map(sarifResultOf), VERSION);
    case 'github': return githubAnnotations(unprovedOf(verified).map(annotationOf));
  }
}

const SARIF_RULES: readonly SarifRule[] = [
  {
    id: 'release-loses-requests',
    title: 'No release loses a request.',
    why: 'In the model there is a course of events in which a request is lost.',
    help: 'Change the number that the result names.',
    level: 'error',
  },
  {
    id: 'release-undecided',
    title: 'Whether a release loses requests can be decided.',
    why: 'What manifests do not show decides it, and nobody has said it.',
    help: 'Give the assumption that the result names.',
    level: 'note',
  },
];

interface Unproved {
  readonly workload: WorkloadVerdict;
  readonly way: WayVerdict;
}

function unprovedOf({ workloads }: Verified): readonly Unproved[] {
  return workloads.flatMap((workload) => workload.ways.filter(({ verdict }) => verdict !== 'PROVED').map((way) => ({ workload, way })));
}

function sarifResultOf({ workload, way }: Unproved): SarifResult {
  const isRefuted = way.verdict === 'REFUTED';
  return {
    ruleId: isRefuted ? 'release-loses-requests' : 'release-undecided',
    level: isRefuted ? 'error' : 'note',
    message: messageOf(workload, way),
    source: workload.source,
    position: workload.position,
    subject: `${workload.workload} ${way.path} by ${way.through}`,
  };
}

function annotationOf({ workload, way }: Unproved): Annotation {
  return {
    level: way.verdict === 'REFUTED' ? 'error' : 'notice',
    file: workload.source,
    position: workload.position,
    title: `${way.verdict}: ${way.path}`,
    message: messageOf(workload, way),
  };
}

function messageOf({ workload }: WorkloadVerdict, { path, through, counterexample, reason }: WayVerdict): string {
  const why = counterexample ? `\n${timelineText(counterexample)}` : `: ${reason ?? ''}`;
  return `${workload}, ${path} by ${through}${why}`;
}
