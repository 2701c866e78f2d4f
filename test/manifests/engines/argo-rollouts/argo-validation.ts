/** What the controller of Argo Rollouts would refuse of a Rollout, by its own validation (pkg/apis/rollouts/validation). */
export function refusalsOf({ spec }: any): string[] {
  const { canary, blueGreen } = spec.strategy;
  return told([
    [Boolean(canary) === Boolean(blueGreen), 'not exactly one strategy'],
    [Boolean(spec.template) === Boolean(spec.workloadRef), 'not exactly one of template and workloadRef'],
    [spec.progressDeadlineSeconds <= spec.minReadySeconds, 'progressDeadlineSeconds must be greater than minReadySeconds'],
    [spec.rollbackWindow && spec.rollbackWindow.revisions > spec.revisionHistoryLimit, 'a version to go back to may be gone'],
    ...antiAffinity(canary ?? blueGreen),
    ...(blueGreen ? blueGreenRules(blueGreen, spec) : canaryRules(canary)),
  ]);
}

type Rule = readonly [isBroken: unknown, refusal: string];

function told(rules: readonly Rule[]): string[] {
  return rules.flatMap(([isBroken, refusal]) => isBroken ? [refusal] : []);
}

function antiAffinity({ antiAffinity: given }: any): Rule[] {
  const preferred = given?.preferredDuringSchedulingIgnoredDuringExecution;
  return given === undefined ? [] : [
    [Object.keys(given).length !== 1, 'not exactly one anti-affinity'],
    [preferred && !(preferred.weight >= 1 && preferred.weight <= 100), 'a weight of anti-affinity outside 1 to 100'],
  ];
}

function blueGreenRules(blueGreen: any, spec: any): Rule[] {
  return [
    [blueGreen.activeService === blueGreen.previewService, 'one Service for both versions'],
    [blueGreen.scaleDownDelayRevisionLimit > spec.revisionHistoryLimit, 'the revision history is smaller than the scale-down limit'],
  ];
}

function canaryRules(canary: any): Rule[] {
  const { trafficRouting, pingPong, steps } = canary;
  return [
    [isZero(canary.maxSurge ?? '25%') && isZero(canary.maxUnavailable ?? '25%'), 'maxSurge and maxUnavailable both zero'],
    [canary.stableService !== undefined && canary.stableService === canary.canaryService, 'one Service for both versions'],
    [needsServices(canary) && !(canary.stableService && canary.canaryService), 'a router without a stable and a canary Service'],
    [!trafficRouting && canary.scaleDownDelaySeconds !== undefined, 'scaleDownDelaySeconds without trafficRouting'],
    [!trafficRouting && canary.dynamicStableScale, 'dynamicStableScale without trafficRouting'],
    [canary.scaleDownDelaySeconds !== undefined && canary.dynamicStableScale, 'dynamicStableScale with scaleDownDelaySeconds'],
    [pingPong && !trafficRouting.alb, 'pingPong without an ALB'],
    [pingPong && !trafficRouting.alb?.rootService, 'pingPong without a rootService'],
    [pingPong && (!pingPong.pingService || !pingPong.pongService || pingPong.pingService === pingPong.pongService), 'not two Services of pingPong'],
    ...steps.flatMap((step: any, index: number) => stepRules(canary, step).map(([isBroken, refusal]): Rule => [isBroken, `step ${index}: ${refusal}`])),
  ];
}

function needsServices({ trafficRouting, pingPong }: any): boolean {
  return trafficRouting !== undefined && Boolean(
    (trafficRouting.alb && !pingPong) || (trafficRouting.istio && !trafficRouting.istio.destinationRule) || trafficRouting.nginx);
}

function stepRules({ trafficRouting }: any, step: any): Rule[] {
  const managed = (trafficRouting?.managedRoutes ?? []).map(({ name }: any) => name);
  const { setWeight, pause, setCanaryScale, setHeaderRoute, setMirrorRoute } = step;
  const takesHeader = trafficRouting && (trafficRouting.istio || trafficRouting.alb || trafficRouting.plugins);
  return [
    [Object.keys(step).length !== 1, 'not exactly one kind'],
    [setWeight !== undefined && !(setWeight >= 0 && setWeight <= 100), 'a weight outside 0 to 100'],
    [pause?.duration !== undefined && !/^[1-9][0-9]*s$/.test(pause.duration), 'a pause that is no time'],
    [setCanaryScale && !trafficRouting, 'setCanaryScale without trafficRouting'],
    [setHeaderRoute && !takesHeader, 'setHeaderRoute without a router that takes it'],
    [setHeaderRoute && !managed.includes(setHeaderRoute.name), 'a header route that is not managed'],
    [setHeaderRoute?.match?.some(({ headerValue }: any) => Object.keys(headerValue).join() !== 'exact'), 'a match that an ALB cannot express'],
    [setMirrorRoute && !trafficRouting?.istio, 'setMirrorRoute without Istio'],
    [setMirrorRoute && !managed.includes(setMirrorRoute.name), 'a mirror route that is not managed'],
  ];
}

function isZero(pods: number | string): boolean {
  return Number.parseInt(String(pods), 10) === 0;
}
