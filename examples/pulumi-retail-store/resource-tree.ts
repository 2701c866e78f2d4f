import type { Registered } from './mocked-stack';

/** Draws resources below the ones that they are children of, as `pulumi stack` does. */
export function treeOf(registered: readonly Registered[]): string {
  const roots = registered.filter(({ parent }) => !registered.some(({ resource }) => resource === parent));
  return linesOf(roots, registered, '').map((line) => `${line}\n`).join('');
}

function linesOf(siblings: readonly Registered[], all: readonly Registered[], indent: string): string[] {
  return siblings.flatMap(({ type, name, resource }, index) => {
    const isLast = index === siblings.length - 1;
    const children = all.filter(({ parent }) => parent === resource);
    return [`${indent}${isLast ? '└─' : '├─'} ${type}  ${name}`, ...linesOf(children, all, `${indent}${isLast ? '   ' : '│  '}`)];
  });
}
