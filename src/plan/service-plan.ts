import type { Assumption, Decision, Requirement, Warning } from './decision';
import { explain } from './explain';
import type { Ledger } from './ledger';

interface Contents {
  readonly name: string;
  readonly namespace?: string;
  readonly kubernetesVersion: string;
  readonly ledger: Pick<Ledger, 'assumptions' | 'decisions' | 'requirements' | 'warnings'>;
}

/** Every number that was derived for one service, with the inequality that it comes from. */
export class ServicePlan {
  /** @internal */
  static _of(contents: Contents): ServicePlan {
    return new ServicePlan(contents);
  }

  /** The service's name. */
  readonly name: string;
  /** The service's namespace, where the chart names one. */
  readonly namespace?: string;
  /** The oldest Kubernetes version that the manifests work on. */
  readonly kubernetesVersion: string;
  /** The bounds that the plan relies on: the claim holds as long as they do. */
  readonly assumptions: Assumption[];
  /** What the program and the cluster must see to. */
  readonly requirements: Requirement[];
  /** Weaknesses of the declaration, accepted ones included. */
  readonly warnings: Warning[];

  private readonly ledger: Contents['ledger'];
  private told?: Decision[];

  private constructor(contents: Contents) {
    this.name = contents.name;
    this.namespace = contents.namespace;
    this.kubernetesVersion = contents.kubernetesVersion;
    this.ledger = contents.ledger;
    this.assumptions = contents.ledger.assumptions;
    this.requirements = contents.ledger.requirements;
    this.warnings = contents.ledger.warnings;
  }

  /** The numbers, in the order in which one follows from another. */
  get decisions(): Decision[] {
    this.told ??= this.ledger.decisions;
    return this.told;
  }

  /** The decision of this name, such as `terminationGracePeriod`, or nothing. */
  tryFind(name: string): Decision | undefined {
    return this.decisions.find((decision) => decision.name === name);
  }

  /**
   * The decision of this name, such as `terminationGracePeriod`.
   * @throws where there is none
   */
  find(name: string): Decision {
    const decision = this.tryFind(name);
    if (!decision) {
      throw new Error(`no decision named ${JSON.stringify(name)}; there are ${this.decisions.map((d) => d.name).join(', ')}`);
    }
    return decision;
  }

  /** The plan as text: what was assumed, what was derived and from what, and what is asked of others. */
  explain(): string {
    const where = this.namespace === undefined ? '' : ` in namespace ${this.namespace}`;
    return explain({ title: `${this.name}${where}, Kubernetes ${this.kubernetesVersion}`, ...this.contents() });
  }

  /** The plan as a JSON value, for tools. */
  toJson(): any {
    return { name: this.name, namespace: this.namespace, kubernetesVersion: this.kubernetesVersion, ...this.contents() };
  }

  private contents() {
    const { assumptions, decisions, requirements, warnings } = this;
    return { assumptions, decisions, requirements, warnings };
  }
}
