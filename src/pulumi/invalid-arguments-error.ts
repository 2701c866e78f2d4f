import * as pulumi from '@pulumi/pulumi';
import { propertyPathOf } from './property-path';
import { DeclarationError, messageOf } from '../spec/declaration-error';

/** One thing that is wrong with the arguments. */
export interface InvalidArgument {
  /** The argument that it is about, such as `replicas` or `traffic.istio.hosts`; empty where it is about several. */
  readonly propertyPath: string;
  /** What is wrong, as one sentence with name, value, bound and remedy. */
  readonly reason: string;
}

/**
 * Arguments from which nothing can be made, told in the user's words: every problem, and no stack trace.
 *
 * Pulumi prints the message alone, because the error is a `RunError`; `errors` has each problem with the argument that it is about, as
 * Pulumi's own `InputPropertiesError` has.
 */
export class InvalidArgumentsError extends pulumi.RunError {
  /** Each problem with the argument that it is about. */
  readonly errors: readonly InvalidArgument[];

  constructor(problems: readonly string[], name?: string) {
    super(messageOf(problems, name));
    this.name = 'InvalidArgumentsError';
    this.errors = problems.map((reason) => ({ propertyPath: propertyPathOf(reason), reason }));
  }
}

/** Does the work, and tells of what is wrong with a declaration as Pulumi does. */
export function orInvalid<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof DeclarationError ? new InvalidArgumentsError(error.problems, name) : error;
  }
}
