import { mkdirSync, writeFileSync } from 'fs';
import { dirname } from 'path';
import type { ZeroDowntimeService } from './zero-downtime-service';
import { renderGitHubWorkflow } from '../pipeline/github-workflow';
import type { ReleaseFacts } from '../pipeline/release-facts';
import { type GitHubActionsOptions, workflowSpecOf } from '../pipeline/workflow-spec';
import { DeclarationError } from '../spec/declaration-error';

/** Runners of GitHub end every job then. */
const HOSTED_SECONDS = 6 * 3600;
const HOSTED = /^(ubuntu|windows|macos)-/;
/** What a job does before it releases. */
const SETUP_SECONDS = 600;

/** A workflow that releases services: each waits as long as its plan says that a release takes, and goes back where it fails. */
export class ReleaseWorkflow {
  /**
   * A workflow of GitHub Actions: it synthesizes, checks, verifies and shows what would change, expands the database schema, and
   * then releases one service after another, by the engine of each.
   *
   * @param services in the order in which they are released
   * @param options how the cluster is reached, and whatever differs from the defaults
   * @throws where there is no service, two have one name, nothing reaches the cluster, or a release takes longer than a runner lets it
   */
  static gitHubActions(services: ZeroDowntimeService[], options: GitHubActionsOptions): ReleaseWorkflow {
    const facts = services.map((service) => service._releaseFacts);
    const spec = workflowSpecOf(options);
    const problems = [
      ...(facts.length === 0 ? ['services must hold at least one service'] : []),
      ...(spec.clusterAccess.length === 0 ? ['clusterAccess must hold at least one step; without any kubectl reaches no cluster'] : []),
      ...namesTwice(facts).map((name) => `services hold two of the name ${name}, whose objects one release cannot tell apart; give one another name`),
      ...(HOSTED.test(spec.runsOn) ? facts.flatMap(tooLong) : []),
    ];
    if (problems.length > 0) {
      throw new DeclarationError(problems.map((problem) => `ReleaseWorkflow.gitHubActions ${problem}`));
    }
    return new ReleaseWorkflow(renderGitHubWorkflow(facts, spec));
  }

  private constructor(private readonly yaml: string) {}

  /** The text of the workflow. */
  toYaml(): string {
    return this.yaml;
  }

  /**
   * Writes the workflow to a file, and makes its folder.
   * @param path such as `.github/workflows/release.yml`
   */
  write(path: string): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, this.yaml);
  }
}

function namesTwice(facts: readonly ReleaseFacts[]): string[] {
  const names = facts.map(({ name }) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function tooLong({ name, time }: ReleaseFacts): string[] {
  return time.seconds + SETUP_SECONDS <= HOSTED_SECONDS ? [] : [
    `${name}: ${time.inequality}, which with ${SETUP_SECONDS}s before it must be at most ${HOSTED_SECONDS}s, when a runner of GitHub ends a job; `
    + 'shorten the shares or progressDeadline, or give runsOn a runner of your own',
  ];
}
