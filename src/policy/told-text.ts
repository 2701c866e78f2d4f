import { STAND_IN } from './completion';
import type { HiddenValue } from './hidden-value';
import type { JudgedWay } from './judgement';
import { TOLD_BESIDE_RULES, type Told } from './told';
import type { Finding } from '../checks/finding';
import { visible } from '../reading/quoted';
import { pathText } from '../reading/source';
import { timelineText } from '../report/timeline-text';

/** A finding as Pulumi shows it below the title of its rule. */
export function findingText({ ruleId, object, path, message, actual, required, fix }: Finding): string {
  const bound = [actual, required === undefined ? undefined : `required ${required}`].filter((part) => part !== undefined).join(', ');
  return [`${object}: ${message}`, `${path}${bound === '' ? '' : `: ${bound}`}`, `fix: ${fix}`, `rule: ${ruleId}`].join('\n');
}

/** The course of events in which a request is lost. */
export function lossText({ workload, way }: JudgedWay): string {
  const course = way.counterexample ? timelineText(way.counterexample) : 'a release loses requests';
  return withoutStandIns(`${workload.workload}, ${way.path} by ${way.through}: REFUTED\n${course}`);
}

/** Why there is no verdict, and what would settle it. */
export function unknownText({ workload, way }: JudgedWay, hidden: readonly HiddenValue[]): string {
  const settle = way.missing.length === 0 ? '' : `; settle it with assume: { ${way.missing.map((key) => `'${key}': …`).join(', ')} }`;
  const why = hidden.length > 0 ? `it depends on ${placesText(hidden)}` : `${way.reason ?? 'undecided'}${settle}`;
  return withoutStandIns(`${workload.workload}, ${way.path} by ${way.through}: UNKNOWN, ${why}`);
}

/** What is left open of a resource. */
export function partText(hidden: readonly HiddenValue[], rules: readonly string[]): string {
  const why = hidden.length > 0 ? placesText(hidden) : 'values of other resources that are unknown until applied, or secret';
  return `judged in part: what rules say may depend on ${why}${rules.length === 0 ? '' : `; among them ${rules.join(', ')}`}`;
}

/** What is told where any value may be a secret: which rule, and where, but no word of what stands there. */
export function withoutValues(told: Told): Told {
  const { policy, path } = told;
  // Paths alone are told of what is not judged.
  return policy === TOLD_BESIDE_RULES.notJudged ? told : {
    ...told,
    message: [
      ...path === undefined ? [] : [path],
      'the text is withheld, because Pulumi does not show which values are secret: leave the policy declared-inputs at its level, remediate',
      ...path === undefined ? [] : [`rule: ${policy}`],
    ].join('\n'),
  };
}

const MOST_PLACES = 5;

function placesText(hidden: readonly HiddenValue[]): string {
  const unknown = hidden.filter(({ because }) => because === 'unknown');
  const secret = hidden.filter(({ because }) => because === 'secret');
  return [
    ...unknown.length > 0 ? [`${pathsText(unknown)}, unknown until applied`] : [],
    ...secret.length > 0 ? [`${pathsText(secret)}, secret`] : [],
  ].join(', and ');
}

function pathsText(hidden: readonly HiddenValue[]): string {
  const paths = [...new Set(hidden.map(({ path }) => visible(pathText(path))))];
  return [...paths.slice(0, MOST_PLACES), ...paths.length > MOST_PLACES ? [`${paths.length - MOST_PLACES} more`] : []].join(', ');
}

/** What stands for a hidden value tells nobody anything. */
function withoutStandIns(text: string): string {
  return text.replace(new RegExp(STAND_IN, 'g'), '(hidden)');
}
