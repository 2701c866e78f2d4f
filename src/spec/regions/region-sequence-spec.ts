import type { Duration } from 'cdk8s';
import { RegionRollback, type RegionSequenceProps, type ReleaseRegion } from './region-sequence-props';
import { dnsLabelProblem } from '../names';
import type { Problems } from '../problems';
import { enumProblem, quoted, secondsOf } from '../values';

/** A region, in the planner's form. */
export interface RegionSpec {
  readonly name: string;
  readonly context: string;
  /** What was said for it, or for all regions. */
  readonly bakeSeconds?: number;
}

/** A sequence of regions, in the planner's form. */
export interface RegionSequenceSpec {
  readonly regions: readonly RegionSpec[];
  readonly namespace?: string;
  readonly rollback: RegionRollback;
}

const LONGEST_BAKE = 604_800;

/** Contexts end up in command lines: none may look like an option or need quotes. */
const CONTEXT = /^[A-Za-z0-9][\w.:/@+=-]{0,252}$/;

/** Reads the settings of a sequence, and notes what is wrong with them. */
export function regionSequenceSpecOf({ regions, namespace, bakeTime, rollback }: RegionSequenceProps, problems: Problems): RegionSequenceSpec {
  if (regions.length < 2) {
    problems.add(`regions ${regions.length} must be at least 2, because a sequence is of several; declare the service in a Chart where there is one`);
  }
  problems.add(namespace === undefined ? undefined : dnsLabelProblem('namespace', namespace));
  problems.add(rollback === undefined ? undefined : enumProblem('rollback', rollback, 'RegionRollback', RegionRollback));
  const bakeSeconds = bakeSecondsOf('bakeTime', bakeTime, problems);
  const read = regions.map((region, index) => regionSpecOf(`regions ${index + 1}:`, region, problems));
  checkUnique(read, 'name', problems);
  checkUnique(read, 'context', problems);
  return {
    regions: read.map((region) => ({ ...region, bakeSeconds: region.bakeSeconds ?? bakeSeconds })),
    namespace,
    rollback: rollback ?? RegionRollback.ALL_RELEASED,
  };
}

function regionSpecOf(place: string, { name, context, bakeTime }: ReleaseRegion, problems: Problems): RegionSpec {
  problems.add(dnsLabelProblem(`${place} name`, name));
  if (context !== undefined && !CONTEXT.test(context)) {
    problems.add(`${place} context ${quoted(context)} must be at most 253 letters, digits or any of . _ : / @ + = -, beginning with a letter or digit; `
      + 'kubectl config rename-context gives it such a name');
  }
  return { name, context: context ?? name, bakeSeconds: bakeSecondsOf(`${place} bakeTime`, bakeTime, problems) };
}

function bakeSecondsOf(field: string, duration: Duration | undefined, problems: Problems): number | undefined {
  const seconds = duration && secondsOf(duration);
  if (duration !== undefined && seconds !== undefined && (seconds < 1 || seconds > LONGEST_BAKE)) {
    problems.add(`${field} ${duration.toMilliseconds() / 1000}s must be from 1s to ${LONGEST_BAKE}s`);
  }
  return seconds;
}

/** Two regions in one cluster would replace each other's objects. */
function checkUnique(regions: readonly RegionSpec[], field: 'name' | 'context', problems: Problems): void {
  regions.forEach((region, index) => {
    const first = regions.findIndex((other) => other[field] === region[field]);
    if (first < index) {
      problems.add(`regions ${index + 1}: ${field} ${quoted(region[field])} is also that of regions ${first + 1}, and each region is a cluster of its own; `
        + `give one of them another ${field}`);
    }
  });
}
