import { ApiObject, App, Chart, Lazy, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { RegionChart } from './region-chart';
import { fileNameProblem } from './region-files';
import { regionReleaseOf } from './region-releases';
import { misreadTexts } from './written-texts';
import { ZeroDowntimeService } from './zero-downtime-service';
import { regionIndexText, renderRegionIndex } from '../manifests/regions/region-index';
import type { Decision, Requirement } from '../plan/decision';
import { explain } from '../plan/explain';
import { Ledger } from '../plan/ledger';
import { planBakes } from '../plan/regions/plan-bakes';
import { DeclarationError } from '../spec/declaration-error';
import { dnsLabelProblem } from '../spec/names';
import { Problems } from '../spec/problems';
import type { RegionSequenceProps } from '../spec/regions/region-sequence-props';
import { type RegionSequenceSpec, regionSequenceSpecOf } from '../spec/regions/region-sequence-spec';

/** The numbers of a sequence, as of the services that are declared so far. */
interface PlannedSequence {
  readonly ledger: Ledger;
  readonly bakes: readonly number[];
  readonly problems: readonly string[];
}

/**
 * Regions that get a new version one after another, each once the one before has proved itself: one file for each,
 * `ID-NN-REGION.k8s.yaml`, in the order of the releases. Declare the services of each region in its chart.
 *
 * Each region is a cluster of its own: the same names may stand in all of them, and what a service refers to must stand in its own.
 *
 * A region's bake begins when the releases of all of its services have ended. It lasts at least until the old version is gone and, where
 * a service has an analysis, as long as that takes once more: only now does all of the traffic reach the new version.
 *
 * `ID-index.k8s.yaml` tells a pipeline which file is applied where, what to wait for after it, how long to bake, and which regions go
 * back where that fails: a ConfigMap with the label `zero-downtime/regions: "true"` and the key `regions.json`. No cluster needs it.
 */
export class RegionSequence extends Construct {
  /** The charts of the regions, in the order of their releases. */
  readonly regions: RegionChart[];

  /** The chart of the index. */
  readonly index: Chart;

  private readonly spec: RegionSequenceSpec;

  /**
   * @param scope an App that writes one file for each chart
   * @param id what the names of the files begin with
   * @param props the regions in their order, and how long each is watched
   * @throws with every problem of the declaration at once, where it has any; what the services have to do with it is told when the App
   * is synthesized
   */
  constructor(scope: App, id: string, props: RegionSequenceProps) {
    super(scope, id);
    const problems = new Problems();
    const spec = regionSequenceSpecOf(props, problems);
    const digits = Math.max(2, String(spec.regions.length).length);
    const charts = spec.regions.map(({ name }, at) => `${id}-${String(at + 1).padStart(digits, '0')}-${name}`);
    const index = renderRegionIndex(id, spec);
    if (scope.yamlOutputType !== YamlOutputType.FILE_PER_CHART) {
      problems.add('the App of a sequence must write one file for each chart; give it YamlOutputType.FILE_PER_CHART');
    }
    spec.regions.filter(({ name }) => dnsLabelProblem('name', name) === undefined)
      .forEach((region) => problems.add(dnsLabelProblem('the name of a region\'s chart', charts[spec.regions.indexOf(region)])));
    misreadTexts([index]).forEach((problem) => problems.add(problem));
    if (problems.all.length > 0) {
      throw new DeclarationError(problems.all, this.node.path);
    }
    this.spec = spec;
    this.regions = spec.regions.map((region, at) => RegionChart._of(scope, charts[at], region, spec.namespace));
    this.index = new Chart(scope, `${id}-index`);
    new ApiObject(this.index, 'index', { ...index, data: { 'regions.json': Lazy.any({ produce: () => this.indexText() }) } });
    this.node.addValidation({ validate: () => [...this.planned().problems, fileNameProblem(scope)].filter((problem) => problem !== undefined) });
  }

  /** The bake times, with the inequalities that they come from, as of the services that are declared so far. */
  get decisions(): Decision[] {
    return this.planned().ledger.decisions;
  }

  /** What must hold outside the manifests, as of the services that are declared so far. */
  get requirements(): Requirement[] {
    return this.planned().ledger.requirements;
  }

  /** The bake times as text, with what each comes from, and what is asked of others. */
  explain(): string {
    const { ledger: { assumptions, decisions, requirements, warnings } } = this.planned();
    return explain({ title: `${this.node.id}, ${this.spec.regions.length} regions`, assumptions, decisions, requirements, warnings });
  }

  /** Services come after the sequence, so that it is planned whenever somebody asks. */
  private planned(): PlannedSequence {
    const problems = new Problems();
    const ledger = new Ledger(problems, []);
    const services = this.regions.map(servicesIn);
    services.forEach((declared, at) => {
      if (declared.length === 0) {
        problems.add(`region ${this.spec.regions[at].name} has no ZeroDowntimeService; declare one in its chart, or leave the region out`);
      }
    });
    const bakes = planBakes(ledger, this.spec, (region) => services[this.spec.regions.indexOf(region)].map((service) => ({
      name: service.name, plan: service.plan, outlivesItsRelease: service.workload.kind === 'Rollout',
    })));
    return { ledger, bakes, problems: problems.all };
  }

  private indexText(): string {
    const { bakes } = this.planned();
    const { outputFileExtension } = App.of(this) as App;
    return regionIndexText(this.node.id, this.spec, this.regions.map((chart, at) => ({
      file: `${chart.node.id}${outputFileExtension}`,
      bakeSeconds: bakes[at],
      releases: servicesIn(chart).map(regionReleaseOf),
    })));
  }
}

function servicesIn(chart: RegionChart): ZeroDowntimeService[] {
  return chart.node.findAll().filter((construct) => construct instanceof ZeroDowntimeService);
}
