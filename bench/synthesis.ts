import { mkdirSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import { declarationOf, NAMESPACE, serviceName } from './declaration';
import { Layout, Request, Subject } from './measurement';
import { sameObjects, WrittenObject } from './same-objects';
import { ManyChartsApp, ZeroDowntimeService } from '../src';

/** The timed work, in its two steps. */
export interface Synthesis {
  declare(): void;
  synth(): void;
}

/** Prepares what is not to be timed. */
export function synthesisOf(request: Request): Synthesis {
  switch (request.subject) {
    case Subject.OURS: return inApp(request, (chart, index) => {
      const name = serviceName(index);
      // In a chart of its own a service is named by the chart.
      new ZeroDowntimeService(chart, request.layout === Layout.ONE_CHART ? name : 'Default', declarationOf(name));
    });
    case Subject.RAW: {
      const objects = sameObjects(request.services);
      return inApp(request, (chart, index) => objects[index].forEach((object, place) => {
        new ApiObject(chart, request.layout === Layout.ONE_CHART ? `${serviceName(index)}-${place}` : `object-${place}`, object);
      }));
    }
    case Subject.YAML: return printing(request, sameObjects(request.services));
  }
}

function inApp({ layout, services, outdir }: Request, addService: (chart: Chart, index: number) => void): Synthesis {
  let app: App;
  return {
    declare: () => {
      app = layout === Layout.CHART_PER_SERVICE ? new ManyChartsApp({ outdir }) : new App({ outdir });
      const shared = layout === Layout.ONE_CHART ? new Chart(app, 'services', { namespace: NAMESPACE }) : undefined;
      for (let index = 0; index < services; index++) {
        addService(shared ?? new Chart(app, serviceName(index), { namespace: NAMESPACE }), index);
      }
    },
    synth: () => app.synth(),
  };
}

function printing({ layout, outdir }: Request, objects: WrittenObject[][]): Synthesis {
  const save = (chart: string, content: WrittenObject[]) => Yaml.save(join(outdir, `${chart}.k8s.yaml`), content);
  return {
    declare: () => {},
    synth: () => {
      mkdirSync(outdir, { recursive: true });
      if (layout === Layout.ONE_CHART) {
        save('services', objects.flat());
      } else {
        objects.forEach((content, index) => save(serviceName(index), content));
      }
    },
  };
}
