import { Field } from './field';
import { qualifiedName } from './names';
import { parseQuantity } from './quantities';

const STANDARD_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];

/** Of a container: names, amounts, and requests within limits. */
export function resourceRequirements(resources: Field): void {
  const [requests, limits] = [resources.get('requests'), resources.get('limits')];
  for (const [name, amount] of [...limits.entries, ...requests.entries]) {
    resourceAmount(name, amount);
  }
  for (const [name, request] of requests.entries) {
    requestWithinLimit(name, request, limits.get(name));
  }
}

function resourceAmount(name: string, amount: Field): void {
  const complaint = qualifiedName(name);
  amount.refuseIf(complaint !== undefined, `resource ${complaint}`);
  amount.refuseIf(
    !name.includes('/') && !STANDARD_RESOURCES.includes(name) && !name.startsWith('hugepages-'),
    `resource '${name}' must be a standard resource for containers or have a prefix`,
  );
  const quantity = parseQuantity(amount.value);
  amount.refuseIf(quantity === undefined, `'${String(amount.value)}' must be a quantity`);
  amount.refuseIf(quantity !== undefined && quantity < 0n, 'must be at least 0');
}

function requestWithinLimit(name: string, request: Field, limit: Field): void {
  const [requested, limited] = [parseQuantity(request.value), parseQuantity(limit.value)];
  if (!isOvercommittable(name)) {
    request.refuseIf(requested !== limited, `must equal the limit of ${name}, which cannot be overcommitted`);
  } else if (requested !== undefined && limited !== undefined) {
    request.refuseIf(requested > limited, `must not exceed the ${name} limit of ${String(limit.value)}`);
  }
}

function isOvercommittable(name: string): boolean {
  const native = !name.includes('/') || name.split('/')[0].endsWith('kubernetes.io');
  return native && !name.startsWith('hugepages-');
}
