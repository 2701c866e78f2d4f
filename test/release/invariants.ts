/* eslint-disable @typescript-eslint/no-explicit-any */
import type { Situation } from './situation';

/** Watches a cluster, and keeps what must never have been. */
export function watch({ server, time }: Situation, tracks: readonly [next: string, last: string], propagation: number): string[] {
  const broken: string[] = [];
  const unusedSince = new Map<string, number>();
  const replicas = new Map<string, number>();
  const most = 4;
  const look = () => {
    const shares = sharesOf(server.objects);
    for (const track of tracks) {
      const deployment = server.find('Deployment', `payments-${track}`);
      const percent = shares.get(track) ?? 0;
      const available = deployment?.status.availableReplicas ?? 0;
      if (percent > 0 && available < Math.ceil(most * percent / 100)) {
        broken.push(`${time.now.toFixed(1)} s: ${track} has ${available} pods for ${percent} %`);
      }
      if (percent > 0) {
        unusedSince.delete(track);
      } else if (!unusedSince.has(track)) {
        unusedSince.set(track, time.now);
      }
      const wanted = deployment?.spec.replicas ?? 0;
      if (wanted === 0 && (replicas.get(track) ?? 0) > 0 && time.now - (unusedSince.get(track) ?? time.now) < propagation) {
        broken.push(`${time.now.toFixed(1)} s: ${track} lost its pods ${time.now - (unusedSince.get(track) ?? time.now)} s after its traffic`);
      }
      replicas.set(track, wanted);
    }
  };
  look();
  // Nobody knows since when a track has had no traffic that has none when the watch begins: long enough.
  tracks.forEach((track) => unusedSince.has(track) && unusedSince.set(track, -Infinity));
  server.onChanged = look;
  return broken;
}

/** The largest share of each track in percent; a header counts as a share that one pod carries. */
function sharesOf(objects: ReadonlyMap<string, any>): Map<string, number> {
  const shares = new Map<string, number>();
  const add = (track: string | undefined, percent: number) => track && shares.set(track, Math.max(shares.get(track) ?? 0, percent));
  objects.forEach(({ kind, spec, metadata }) => {
    if (kind === 'VirtualService') {
      spec.http.forEach(({ route, match }: any) => route
        .forEach(({ destination, weight }: any) => add(destination.subset, match ? 1 : weight ?? 100)));
    }
    if (kind === 'Service' && metadata.name === 'payments') {
      add(spec.selector['zero-downtime/track'], 100);
    }
  });
  return shares;
}
