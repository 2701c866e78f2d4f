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

  /**
   * @param problems each in one sentence
   * @param name the component, where it is known
   * @param args what it was given
   */
  constructor(problems: readonly string[], name?: string, args?: object) {
    const message = messageOf(problems, name);
    super(message);
    this.name = 'InvalidArgumentsError';
    // The SDK would put "error serializing property" before it, once for each resource that waits for the same value.
    Object.defineProperty(this, 'message', { get: () => message, set: () => undefined });
    this.errors = problems.map((reason) => ({ propertyPath: propertyPathOf(reason, args), reason }));
  }
}

/** A component and what it was given. */
export interface Declaring {
  readonly component: string;
  readonly args: object;
}

/**
 * Does the work, and tells of what is wrong with a declaration as Pulumi does.
 * @param told what a reader is told in the place of a problem
 */
export function orInvalid<T>({ component, args }: Declaring, work: () => T, told: (problem: string) => string): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof DeclarationError ? new InvalidArgumentsError(error.problems.map(told), component, args) : error;
  }
}
