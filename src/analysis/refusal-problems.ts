import type { AnalysisDocument } from './analysis-document';
import type { Refused } from './run-analysis';
import type { InputProblem } from '../reading/input-problem';
import { quoted } from '../reading/quoted';

/** What must be corrected, each once, however many queries showed it. */
export function refusalProblems(refused: readonly Refused[], document: AnalysisDocument, hasCredentials: boolean): readonly InputProblem[] {
  const problems = refused.map((one) => problemOf(one, document, hasCredentials));
  return problems.filter(({ message }, index) => problems.findIndex((other) => other.message === message) === index);
}

function problemOf({ metric, refusal }: Refused, { address, addressPlace }: AnalysisDocument, hasCredentials: boolean): InputProblem {
  const { what, message } = refusal;
  switch (what) {
    case 'query': return { ...metric.place, message: `the query of ${metric.name} ${message}` };
    case 'address': return { ...addressPlace, message: `address ${quoted(address)} ${message}` };
    case 'credentials': return {
      source: 'credentials',
      message: hasCredentials
        ? `those for ${quoted(address)} ${message}; correct them, or the tenant in --header X-Scope-OrgID=…`
        : `${quoted(address)} asks for some, and none were given: they ${message}; see --bearer-token-file and --username`,
    };
  }
}
