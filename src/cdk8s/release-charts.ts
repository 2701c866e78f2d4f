import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { misreadTexts } from './written-texts';
import type { ZeroDowntimeService } from './zero-downtime-service';
import { renderReleaseIndex } from '../manifests/release/release-index';
import type { ReleaseStep } from '../manifests/release/release-step';
import { releaseStepsOf } from '../manifests/release/release-steps';
import { DeclarationError, refuse } from '../spec/declaration-error';
import { dnsLabelProblem } from '../spec/names';

/** Settings of the charts of a release. */
export interface ReleaseChartsProps {
  /** A service with `RolloutEngine.native()`, of another App: what an App writes is applied together, and steps one after another. */
  readonly service: ZeroDowntimeService;
}

/**
 * The steps of a release without a controller: one file for each, `ID-NN-STEP.k8s.yaml`, in the order in which they are applied, and
 * `ID-rollback-N-STEP.k8s.yaml` for the way back.
 *
 * `ID-index.k8s.yaml` tells a pipeline which file comes when and what to wait for after it: a ConfigMap with the label
 * `zero-downtime/release: "true"` and the key `release.json`.
 */
export class ReleaseCharts extends Construct {
  /** The charts of the steps, in the order in which they are applied. */
  readonly steps: Chart[];

  /** The charts of the way back, in the order in which they are applied. */
  readonly rollback: Chart[];

  /** The chart of the index. */
  readonly index: Chart;

  /**
   * @param scope an App of its own, such as `new App({ outdir: 'dist/payments-release' })`
   * @param id what the names of the files begin with
   * @param props the service
   * @throws where the service is released by a controller or is of the same App, where the App does not write a file for each chart, or
   * where an id makes names that cdk8s would shorten
   */
  constructor(scope: App, id: string, props: ReleaseChartsProps) {
    super(scope, id);
    const { service } = props;
    const path = this.node.path;
    if (service.node.root === scope) {
      refuse(`[${path}] the App of ${service.node.path} must not be that of its release, because what an App writes is applied together; `
        + 'give ReleaseCharts a new App with an outdir of its own');
    }
    if (scope.yamlOutputType !== YamlOutputType.FILE_PER_CHART) {
      refuse(`[${path}] the App of a release must write one file for each chart; give it YamlOutputType.FILE_PER_CHART`);
    }
    const planned = service._steppedPlan
      ?? refuse(`[${path}] ${service.node.path} has no steps to apply, because Kubernetes or a controller releases it; `
      + 'give it a canary, an A/B test or blue-green with RolloutEngine.native()');
    const release = releaseStepsOf(planned)!;
    const names = new Map([
      ...release.forward.map((step, at): [ReleaseStep, string] => [step, `${id}-${String(at).padStart(2, '0')}-${nameOf(step)}`]),
      ...release.rollback.map((step): [ReleaseStep, string] => [step, `${id}-${step.id}`]),
    ]);
    checkTexts(path, names);
    const chartOf = (step: ReleaseStep) => chartWith(scope, names.get(step)!, step.manifests);
    this.steps = release.forward.map(chartOf);
    this.rollback = release.rollback.map(chartOf);
    const index = renderReleaseIndex(planned, release, (step) => `${names.get(step)}${scope.outputFileExtension}`);
    this.index = chartWith(scope, `${id}-index`, [{ id: 'index', manifest: index }]);
  }
}

/** Names that are no labels would get a hash in the place of their end, and files their names from that. */
function checkTexts(path: string, names: ReadonlyMap<ReleaseStep, string>): void {
  const problems = [
    ...[...names.values()].map((name) => dnsLabelProblem('the name of a step\'s chart', name)).filter((problem) => problem !== undefined),
    ...misreadTexts([...names.keys()].flatMap(({ manifests }) => manifests.map(({ manifest }) => manifest))),
  ];
  if (problems.length > 0) {
    throw new DeclarationError([...new Set(problems)], path);
  }
}

/** Files are numbered through, so that the name of a step needs no number of its own. */
function nameOf({ id }: ReleaseStep): string {
  return id.replace(/^\d+-/, '');
}

/** A chart directly in the App: cdk8s names the file after it, without a hash. */
function chartWith(scope: App, name: string, manifests: ReleaseStep['manifests']): Chart {
  const chart = new Chart(scope, name);
  manifests.forEach(({ id, manifest }) => new ApiObject(chart, id, manifest));
  return chart;
}
