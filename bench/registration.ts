/** Who registers the resources. */
export enum Registrar {
  /** Services declared with this library. */
  OURS = 'ours',
  /** Typed resources of the very same objects, as if written by hand: in a component for each service, each after the one before it. */
  TYPED = 'typed',
}

/** One measurement that the child process is asked for. */
export interface RegistrationRequest {
  readonly registrar: Registrar;
  readonly services: number;
}

/** What it measured. */
export interface RegistrationSample {
  /** Of the processor, from the first resource until Pulumi has taken the last, without start-up and loading. Nothing is waited for. */
  readonly milliseconds: number;
  readonly peakMegabytes: number;
  readonly objects: number;
  /** Of every object's inputs: only equal work may be compared. */
  readonly digest: string;
}
