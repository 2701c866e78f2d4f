import { nestedName, type AnalysisDocument } from './analysis-document';
import { readAnalysisDocument } from './read-analysis-document';
import { identityOf, labelsOf, objectText, type ClusterObject } from '../cluster/identity';
import { Field } from '../reading/field';
import type { InputProblem } from '../reading/input-problem';
import { quoted } from '../reading/quoted';
import type { ReadObject } from '../reading/read-object';
import { readValues } from '../reading/read-text';
import { problemOf } from '../reading/wrong-field';

/** What tells the ConfigMap of an analysis from all others. */
const LABEL = 'zero-downtime/analysis';
const KEY = 'analysis.json';

/** An analysis that was found, by the name of its ConfigMap or of its file. */
export interface NamedAnalysis {
  readonly name: string;
  readonly document: AnalysisDocument;
}

/** The analysis, or why there is none to judge by. */
export type FoundAnalysis = NamedAnalysis | { readonly problems: readonly InputProblem[] };

/** Finds the one analysis among objects: the only one, or the one that is named, as `name` or `namespace/name`. */
export function findAnalysis(objects: readonly ReadObject[], namespace: string, name: string | undefined): FoundAnalysis {
  const problems: InputProblem[] = [];
  const all = objects.filter(({ value }) => value.kind === 'ConfigMap' && value.apiVersion === 'v1').flatMap((object) => {
    try {
      const found = identityOf(Field.of(object), namespace);
      return labelsOf(found).get(LABEL) === 'true' ? [found] : [];
    } catch (error) {
      problems.push(problemOf(error));
      return [];
    }
  });
  if (problems.length > 0) {
    return { problems };
  }
  const chosen = name === undefined ? all : all.filter((found) => name === found.name || name === textOf(found));
  return chosen.length === 1 ? readConfigMap(chosen[0]) : { problems: [{ source: name === undefined ? 'analyze' : '--name', message: whyNotOne(all, chosen, name) }] };
}

/** Reads a text that is the document itself. */
export function readAnalysis(name: string, source: string, text: string): FoundAnalysis {
  const { object, problems } = readValues(source, text);
  if (!object) {
    return { problems };
  }
  const reading = readAnalysisDocument(Field.of(object));
  return 'document' in reading ? { name, ...reading } : reading;
}

function readConfigMap(found: ClusterObject): FoundAnalysis {
  const field = found.field.get('data', KEY);
  try {
    const text = field.string() ?? field.refuse('must be given, because the label says that this ConfigMap holds an analysis');
    return readAnalysis(textOf(found), nestedName(found.field.object.source.name, field.position, KEY), text);
  } catch (error) {
    return { problems: [problemOf(error)] };
  }
}

function whyNotOne(all: readonly ClusterObject[], chosen: readonly ClusterObject[], name: string | undefined): string {
  if (all.length === 0) {
    return `there is no ConfigMap with the label ${LABEL}: "true" among the objects; name the manifests that hold one, or the document itself`;
  }
  if (chosen.length === 0) {
    return `${quoted(name ?? '')} is no analysis among the objects; there are ${listed(all)}`;
  }
  const isAmbiguous = new Set(chosen.map(textOf)).size > 1;
  return isAmbiguous ? `there are ${chosen.length} analyses; choose one by --name: ${listed(chosen)}` : `${objectText(chosen[0])} is given ${chosen.length} times; remove all but one`;
}

/** A folder may hold many more than a message should. */
const MOST_LISTED = 10;

function listed(found: readonly ClusterObject[]): string {
  const names = found.slice(0, MOST_LISTED).map(textOf);
  return `${names.join(', ')}${found.length > MOST_LISTED ? ` and ${found.length - MOST_LISTED} more` : ''}`;
}

function textOf({ namespace, name }: ClusterObject): string {
  return `${namespace}/${name}`;
}
