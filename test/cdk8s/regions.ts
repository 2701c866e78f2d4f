import { App, Testing } from 'cdk8s';
import { RegionSequence, RegionSequenceProps, ReleaseRegion, ZeroDowntimeServiceProps } from 'zero-downtime';
import { serviceIn, temporaryApp } from './apps';

export const REGIONS: ReleaseRegion[] = [{ name: 'eu-north-1' }, { name: 'us-east-1' }, { name: 'ap-south-1' }];

/** A sequence without services. */
export function sequenceIn(app: App = temporaryApp(), props: Partial<RegionSequenceProps> = {}, id = 'payments'): RegionSequence {
  return new RegionSequence(app, id, { regions: REGIONS, namespace: 'shop', ...props });
}

/** A sequence with the service `payments` in each region. */
export function releasedIn(service: Partial<ZeroDowntimeServiceProps> = {}, props: Partial<RegionSequenceProps> = {}, app?: App): RegionSequence {
  const sequence = sequenceIn(app, props);
  sequence.regions.forEach((region) => serviceIn(region, 'payments', service));
  return sequence;
}

/* eslint-disable @typescript-eslint/no-explicit-any */
/** What the index of a sequence tells a pipeline. */
export function indexOf(sequence: RegionSequence): any {
  return JSON.parse(Testing.synth(sequence.index)[0].data['regions.json']);
}
