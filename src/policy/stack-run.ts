import type { StackValidationArgs } from '@pulumi/policy';
import { judgeCluster, unreadable } from './judge-cluster';
import { policySettingsOf, type GivenPolicySettings } from './policy-settings';
import { tryReadResource, type ResourceReading, type SeenResource } from './resource-reading';
import { TOLD_BESIDE_RULES, type Told } from './told';
import { withoutValues } from './told-text';
import type { CheckSettings } from '../checks/check-cluster';
import { visible } from '../reading/quoted';

/** What was told, and by which policies it was asked for. */
interface Answer {
  readonly urns: string;
  readonly told: readonly Told[];
  readonly askedBy: Set<string>;
}

/**
 * What is known of the stack during one preview or update.
 *
 * Pulumi asks policy by policy, and each time hands over the whole stack again; it is judged once.
 */
export class StackRun {
  private readonly declared = new Map<string, ResourceReading>();
  private answer?: Answer;

  /** `given` are the settings of the program, and `settings` what they come to. */
  constructor(private readonly given: GivenPolicySettings, private settings: CheckSettings) {}

  /**
   * Notes a resource as it is declared. Only here its secrets can be told; and what the stack's outputs hold beside the declared is
   * what the cluster has made of it, for example the number of replicas that an autoscaler has chosen.
   */
  declare(resource: SeenResource): void {
    const reading = tryReadResource(resource, 'marked');
    if (reading) {
      if (this.answer) {
        // The stack has been judged, so this is a resource of the next run.
        this.declared.clear();
        this.answer = undefined;
      }
      this.declared.set(resource.urn, reading);
    }
  }

  /** Takes the settings of the pack's configuration; returns what is wrong with them. */
  configure(configuration: unknown): readonly string[] {
    const read = policySettingsOf(this.given, configuration);
    if ('problems' in read) {
      return read.problems;
    }
    this.settings = read.settings;
    this.answer = undefined;
    return [];
  }

  /** What a policy has to tell of the stack. */
  told(policy: string, { resources }: Pick<StackValidationArgs, 'resources'>): readonly Told[] {
    const urns = resources.map(({ urn }) => urn).join('\n');
    // A policy asks once in a run.
    if (this.answer?.urns !== urns || this.answer.askedBy.has(policy)) {
      this.answer = { urns, told: this.judge(resources), askedBy: new Set() };
    }
    this.answer.askedBy.add(policy);
    return this.answer.told.filter((told) => told.policy === policy);
  }

  private judge(resources: readonly SeenResource[]): readonly Told[] {
    const clusters = new Map<string, ResourceReading[]>();
    for (const resource of resources) {
      const reading = this.declared.get(resource.urn) ?? tryReadResource(resource, 'unmarked');
      if (reading) {
        const { cluster } = reading.destination;
        clusters.set(cluster, [...clusters.get(cluster) ?? [], reading]);
      }
    }
    const judged = [...clusters.values()].map((readings) => this.judgeReadings(readings));
    const told = [
      ...judged.flatMap((cluster) => cluster.told),
      ...this.settings.assumptions.problemsWith(judged.flatMap(({ workloads }) => workloads)).map(unreadable),
    ];
    // What is told of one object may show values of another.
    const areMarked = [...clusters.values()].flat().every(({ secrets }) => secrets === 'marked');
    return areMarked ? told : told.map(withoutValues);
  }

  private judgeReadings(readings: readonly ResourceReading[]): ReturnType<typeof judgeCluster> {
    const objects = readings.flatMap((reading) => reading.objects);
    const problems = readings.flatMap((reading) => reading.problems);
    const { told, workloads } = orFault(() => judgeCluster(objects, this.settings));
    // What refers to an object that cannot be read would be told to refer to nothing.
    return { workloads, told: [...readings.flatMap(({ notes }) => notes), ...problems.length > 0 ? problems.map(unreadable) : told] };
  }
}

/** What fails here is our fault and must be seen, in a sentence: the SDK would show whoever deploys a stack trace. */
function orFault(judge: () => ReturnType<typeof judgeCluster>): ReturnType<typeof judgeCluster> {
  try {
    return judge();
  } catch (error) {
    const message = `zero-downtime fails at these objects (${visible(String((error as Error).message))}); please report it with their manifests`;
    return { workloads: [], told: [{ policy: TOLD_BESIDE_RULES.unreadable, message }] };
  }
}
