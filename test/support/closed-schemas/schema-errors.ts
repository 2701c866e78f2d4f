import { ErrorObject } from 'ajv';
import { Finding, isObject, pointerSegment } from '../manifest-finding';

/** The branches' own errors say little; the `oneOf` or `anyOf` that failed is reported instead. */
const INSIDE_A_BRANCH = /\/(anyOf|oneOf)\/\d+\//;

export function schemaFindings(errors: readonly ErrorObject[], prefix = ''): Finding[] {
  return errors
    // `if` only carries nullable here, and its `then` has already said what is wrong.
    .filter((error) => error.keyword !== 'if' && !INSIDE_A_BRANCH.test(error.schemaPath))
    .map((error) => ({ path: prefix + pathOf(error), message: messageOf(error) }));
}

function pathOf(error: ErrorObject): string {
  switch (error.keyword) {
    case 'additionalProperties':
      return error.instancePath + pointerSegment(error.params.additionalProperty);
    case 'required':
      return error.instancePath + pointerSegment(error.params.missingProperty);
    default:
      return error.instancePath;
  }
}

function messageOf(error: ErrorObject): string {
  switch (error.keyword) {
    case 'additionalProperties':
      return 'unknown field';
    case 'required':
      return 'required field is missing';
    case 'type':
      return `must be ${[error.params.type].flat().join(' or ')}, not ${typeName(error.data)}`;
    case 'enum':
      return `must be one of ${error.params.allowedValues.join(', ')}`;
    case 'oneOf':
      return `must match exactly one of: ${describeBranches(error.schema)}`;
    case 'anyOf':
      return `must match at least one of: ${describeBranches(error.schema)}`;
    default:
      return error.message ?? `breaks ${error.keyword}`;
  }
}

function typeName(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Branches of custom resources mostly say which fields must be set: `simple, consistentHash, none of them`. */
function describeBranches(branches: unknown): string {
  return Array.isArray(branches) ? branches.map(describeBranch).join(', ') : 'the alternatives';
}

function describeBranch(branch: unknown): string {
  if (!isObject(branch)) {
    return 'another form';
  }
  if (Array.isArray(branch.required)) {
    return branch.required.join(' with ');
  }
  return branch.not === undefined ? JSON.stringify(branch) : 'none of them';
}
