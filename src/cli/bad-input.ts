import type { InputProblem } from '../reading/input-problem';

/** Input that no answer can be given for; ends a command with exit code 2. */
export class BadInput extends Error {
  /** One problem of the command line itself. */
  static of(source: string, message: string): BadInput {
    return new BadInput([{ source, message }]);
  }

  constructor(readonly problems: readonly InputProblem[]) {
    super('bad input');
    this.name = 'BadInput';
  }
}
