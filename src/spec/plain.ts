/**
 * Copies a value of cdk8s-plus into plain data.
 *
 * Its quantities are objects around a text, which only its own rendering would unwrap.
 */
export function plainOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plainOf);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype && 'value' in value) {
    return value.value;
  }
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined).map(([key, field]) => [key, plainOf(field)]));
}
