import { renderAlbSplit } from './alb-split';
import type { Track } from './track';
import { renderColourServices } from './track-services';
import type { Planned } from '../../../plan/planned-service';
import type { Rendered } from '../../manifest';
import { renderTraffic } from '../../traffic/render-traffic';

/** Renders what leads all traffic to one colour. */
export function renderColourRoutes(planned: Planned, live: Track, preview: Track): Rendered[] {
  const routes = planned.traffic.flatMap((traffic): Rendered[] => {
    switch (traffic.kind) {
      // Another selector would exchange all targets of a target group at once; weights move to targets that are healthy already.
      case 'awsLoadBalancer': return [renderAlbSplit(planned, traffic, { weights: weightsOf(live) })];
      case 'clusterInternal': return [];
      case 'istio': return renderTraffic(planned, traffic).filter(({ id }) => id !== 'destination-rule');
      default: return renderTraffic(planned, traffic);
    }
  });
  return [...renderColourServices(planned, live, preview), ...routes];
}

function weightsOf(live: Track): Array<[Track, number]> {
  return (['blue', 'green'] as const).map((colour) => [colour, colour === live ? 100 : 0]);
}
