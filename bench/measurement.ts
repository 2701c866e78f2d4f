/** What is measured. */
export enum Subject {
  /** Services declared with this library. */
  OURS = 'ours',
  /** cdk8s `ApiObject`s of the very same objects, as if written by hand. */
  RAW = 'raw',
  /** cdk8s' own `Yaml.save` of the very same objects: what printing alone costs. */
  YAML = 'yaml',
}

/** How the services are laid out over charts, and which app writes them. */
export enum Layout {
  ONE_CHART = 'one chart',
  /** With this library's `ManyChartsApp`, whoever makes the objects. */
  CHART_PER_SERVICE = 'chart per service',
  /** With cdk8s' own `App`, to show why `ManyChartsApp` exists. */
  CHART_PER_SERVICE_CDK8S = 'chart per service, cdk8s App',
}

/** One synthesis that a child process is asked for. */
export interface Request {
  readonly subject: Subject;
  readonly layout: Layout;
  readonly services: number;
  /** Where the manifests go. */
  readonly outdir: string;
  /** Whether the parts are timed too, which costs a little time itself. */
  readonly withPhases?: boolean;
}

/** What the child process measured. */
export interface Sample {
  /** From the first construct to the end of the synthesis, without start-up and loading. */
  readonly milliseconds: number;
  /** The largest resident set of the whole process. */
  readonly peakMegabytes: number;
  readonly objects: number;
  /** Of every file's name and content: only equal work may be compared. */
  readonly digest: string;
  /** Milliseconds by part, where they were asked for. */
  readonly phases?: Phases;
}

/** Milliseconds by part; together they make up the whole. */
export interface Phases {
  readonly plan: number;
  readonly render: number;
  readonly constructs: number;
  readonly validation: number;
  readonly toJson: number;
  readonly yaml: number;
  readonly files: number;
}
