import { Pods as PodCount, Replicas } from 'zero-downtime';
import { abTest, ALB, blueGreen, canary, HEADER, HTTP_ROUTE, ISTIO, KEDA, NGINX, SCALED } from './native';
import { Colour } from '../../../src/spec/rollout/rollout-engine';
import type { Props } from '../../plan/declare';

const green = (props: Props, live = Colour.GREEN): Props => blueGreen({}, props, { live });

/** Releases without a controller that between them take every way; and what is there before, where that is another declaration. */
export const RELEASES: ReadonlyArray<[title: string, props: Props, before?: Props]> = [
  ['a canary of a mesh', canary({}, { traffic: [ISTIO] })],
  ['a canary with a header of a mesh', canary({ header: HEADER }, { traffic: [ISTIO] })],
  ['a canary with copies of requests', canary({ mirrorPercent: 10 }, { traffic: [ISTIO] })],
  ['a canary behind an ALB', canary({ header: HEADER }, { traffic: [ALB] })],
  ['a canary behind ingress-nginx', canary({ header: HEADER }, { traffic: [NGINX] })],
  ['a canary behind a Gateway', canary({ header: HEADER }, { traffic: [HTTP_ROUTE] })],
  ['a canary behind all of them', canary({}, { traffic: [ISTIO, ALB, NGINX, HTTP_ROUTE] })],
  ['a canary by numbers of pods', canary({ steps: [10, 30, 50] })],
  ['an autoscaled canary', canary({}, { traffic: [ISTIO], replicas: SCALED })],
  ['a canary that KEDA scales', canary({}, { traffic: [ISTIO], replicas: KEDA })],
  ['a canary of two replicas', canary({ steps: [50] }, { traffic: [ISTIO], replicas: Replicas.fixed(2) })],
  ['an A/B test of a mesh', abTest({ traffic: [ISTIO] })],
  ['an A/B test behind an ALB', abTest({ traffic: [ALB] })],
  ['blue-green of a mesh', green({ traffic: [ISTIO] }), green({ traffic: [ISTIO] }, Colour.BLUE)],
  ['blue-green behind an ALB', green({ traffic: [ALB] }), green({ traffic: [ALB] }, Colour.BLUE)],
  ['blue-green behind ingress-nginx', green({ traffic: [NGINX] }), green({ traffic: [NGINX] }, Colour.BLUE)],
  ['blue-green of calls inside the cluster', green({}), green({}, Colour.BLUE)],
  ['an autoscaled blue-green', green({ traffic: [HTTP_ROUTE], replicas: SCALED }), green({ traffic: [HTTP_ROUTE], replicas: SCALED }, Colour.BLUE)],
  ['a blue-green that KEDA scales', green({ replicas: KEDA }), green({ replicas: KEDA }, Colour.BLUE)],
  [
    'blue-green with a smaller preview',
    blueGreen({ previewPods: PodCount.count(2) }, { traffic: [ISTIO] }, { live: Colour.GREEN }),
    green({ traffic: [ISTIO] }, Colour.BLUE),
  ],
];
