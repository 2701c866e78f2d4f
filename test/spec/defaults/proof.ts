import type { Manifest } from '../../../src/manifests/manifest';
import { renderService } from '../../../src/manifests/render';
import { planned, Props } from '../../plan/declare';

/** By `Struct.prop`: what shows that a prop which is left out behaves as its docstring says. */
export type Proofs = Record<string, () => void>;

/** Every object of a service, in order. */
export function manifestsOf(props: Props = {}): Manifest[] {
  return renderService(planned(props).planned).map(({ manifest }) => manifest);
}

/* eslint-disable @typescript-eslint/no-explicit-any */
/** The object of this kind, free to be looked into. */
export function objectOf(kind: string, props: Props = {}): any {
  return manifestsOf(props).find((manifest) => manifest.kind === kind);
}

export function podOf(props: Props = {}): any {
  return objectOf('Deployment', props).spec.template.spec;
}

export function containerOf(props: Props = {}): any {
  return podOf(props).containers[0];
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Leaving a prop out and giving its default make the same objects, and giving another makes others. */
export function expectDefault(leftOut: Props, given: Props, other: Props): void {
  expect(manifestsOf(leftOut)).toEqual(manifestsOf(given));
  expect(manifestsOf(other)).not.toEqual(manifestsOf(given));
}
