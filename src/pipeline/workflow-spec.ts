/** A step of a job of GitHub Actions, as the author of the program writes it. */
export interface WorkflowStep {
  /**
   * What the log calls it.
   * @default - what GitHub makes of `uses` or `run`
   */
  readonly name?: string;
  /**
   * The action to use, such as `aws-actions/configure-aws-credentials@v5`.
   * @default - none: the step runs commands
   */
  readonly uses?: string;
  /**
   * The action's inputs.
   * @default - none
   */
  readonly inputs?: Readonly<Record<string, string>>;
  /**
   * Commands for bash.
   * @default - none: the step uses an action
   */
  readonly run?: string;
  /**
   * Environment variables.
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
}

/** Settings of a workflow of GitHub Actions. */
export interface GitHubActionsOptions {
  /** The steps after which `kubectl` reaches the cluster. They run in every job that does. */
  readonly clusterAccess: WorkflowStep[];

  /**
   * The branch whose pushes are released.
   * @default "main"
   */
  readonly branch?: string;

  /**
   * The command that installs what the program needs.
   * @default "npm ci"
   */
  readonly install?: string;

  /**
   * The command that writes the manifests.
   * @default "npx --no-install cdk8s synth"
   */
  readonly synth?: string;

  /**
   * The folder that the manifests are written to.
   * @default "dist"
   */
  readonly manifests?: string;

  /**
   * The folder that holds, in a folder of the service's name, what `ReleaseCharts` writes with the service's name as id. Only for
   * services with `RolloutEngine.native()`.
   * @default "release"
   */
  readonly releases?: string;

  /**
   * The version of Node.
   * @default "22"
   */
  readonly nodeVersion?: string;

  /**
   * The label of the runner.
   * @default "ubuntu-latest"
   */
  readonly runsOn?: string;

  /**
   * Permissions of jobs that reach the cluster besides `contents: read`, such as `{ "id-token": "write" }`.
   * @default - none
   */
  readonly permissions?: Readonly<Record<string, string>>;

  /**
   * The environment whose reviewers approve of what comes after a share.
   * @default "production"
   */
  readonly approvalEnvironment?: string;

  /**
   * Environment variables of analyses, such as `{ ZERO_DOWNTIME_PROMETHEUS_TOKEN: "${{ secrets.PROMETHEUS_TOKEN }}" }`. Only for
   * services with `RolloutEngine.native()`.
   * @default - none
   */
  readonly analysisEnv?: Readonly<Record<string, string>>;

  /**
   * Commands that expand the database schema before any service is released.
   * @default - none
   */
  readonly expand?: string[];

  /**
   * Commands that contract the database schema. They never run with a release, but only when the workflow is started by hand.
   * @default - none
   */
  readonly contract?: string[];

  /**
   * Steps that run when a release has failed or was cancelled, such as those that tell somebody.
   * @default - none
   */
  readonly alert?: WorkflowStep[];
}

/** The same with every default in its place. */
export type WorkflowSpec = Required<GitHubActionsOptions>;

/** Puts in the defaults. */
export function workflowSpecOf(options: GitHubActionsOptions): WorkflowSpec {
  return {
    clusterAccess: options.clusterAccess,
    branch: options.branch ?? 'main',
    install: options.install ?? 'npm ci',
    synth: options.synth ?? 'npx --no-install cdk8s synth',
    manifests: options.manifests ?? 'dist',
    releases: options.releases ?? 'release',
    nodeVersion: options.nodeVersion ?? '22',
    runsOn: options.runsOn ?? 'ubuntu-latest',
    permissions: options.permissions ?? {},
    approvalEnvironment: options.approvalEnvironment ?? 'production',
    analysisEnv: options.analysisEnv ?? {},
    expand: options.expand ?? [],
    contract: options.contract ?? [],
    alert: options.alert ?? [],
  };
}
