import { givenValueOf } from './assumption-value';
import { Assumptions, type Given } from './assumptions';
import type { Field } from '../reading/field';
import type { InputProblem } from '../reading/input-problem';
import { quoted } from '../reading/quoted';
import { problemOf } from '../reading/wrong-field';

/** Assumptions, and what kept some from being read. */
export interface AssumptionsReading {
  readonly assumptions: Assumptions;
  readonly problems: readonly InputProblem[];
}

/** Gathers what is given on the command line and in files; what comes later holds over what came before. */
export class AssumptionsReader {
  private readonly general = new Map<string, Given>();
  private readonly byWorkload = new Map<string, Map<string, Given>>();
  private readonly problems: InputProblem[] = [];

  /** Takes `key=value`, or `namespace/name:key=value` for one workload. */
  addPair(pair: string, source: string): void {
    const match = /^(?:([^:=]+\/[^:=]+):)?([^:=]+)=(.*)$/s.exec(pair);
    if (!match) {
      this.problems.push({ source, message: `${quoted(pair)} must be key=value, namespace/name:key=value, or the name of a file` });
      return;
    }
    const [, workload, key, value] = match;
    this.add(this.valuesOf(workload), key.trim(), value, source, (message) => ({ source, message }));
  }

  /** Takes a file: a map of keys to values, and under `workloads` such maps by `namespace/name`. */
  addFile(file: Field): void {
    const source = file.object.source.name;
    this.orProblem(() => file.entries().filter(([key]) => key !== 'workloads').forEach(([key, field]) => this.addField(this.general, key, field, source)));
    this.orProblem(() => file.get('workloads').entries().forEach(([workload, values]) => this.orProblem(() => {
      values.entries().forEach(([key, field]) => this.addField(this.valuesOf(workload), key, field, source));
    })));
  }

  /** What was gathered. */
  read(): AssumptionsReading {
    return { assumptions: new Assumptions(this.general, this.byWorkload), problems: this.problems };
  }

  private addField(values: Map<string, Given>, key: string, field: Field, source: string): void {
    this.orProblem(() => this.add(values, key, field.intOrString() ?? '', source, (message) => ({ source, position: field.position, message })));
  }

  /** What is of a wrong type keeps nothing else from being read. */
  private orProblem(read: () => void): void {
    try {
      read();
    } catch (error) {
      this.problems.push(problemOf(error));
    }
  }

  private add(values: Map<string, Given>, key: string, text: string | number, source: string, problem: (message: string) => InputProblem): void {
    const given = givenValueOf(key, text);
    if ('problem' in given) {
      this.problems.push(problem(given.problem));
    } else {
      values.set(key, { value: given.value, source });
    }
  }

  private valuesOf(workload: string | undefined): Map<string, Given> {
    if (workload === undefined) {
      return this.general;
    }
    const values = this.byWorkload.get(workload) ?? new Map<string, Given>();
    this.byWorkload.set(workload, values);
    return values;
  }
}
