const PODS = (name: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  minReadySeconds: 10
  strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      terminationGracePeriodSeconds: 60
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: ${name} } } }
      containers:
        - name: ${name}
          image: registry.example.com/${name}:2.1.0
          ports: [{ name: http, containerPort: 8080 }]
          resources: { requests: { cpu: 250m, memory: 256Mi } }
          readinessProbe: { httpGet: { path: /ready, port: http } }
          livenessProbe: { httpGet: { path: /live, port: http } }
          startupProbe: { httpGet: { path: /live, port: http }, periodSeconds: 5, failureThreshold: 20 }
          lifecycle: { preStop: { sleep: { seconds: 30 } } }
`;

const KEPT = (name: string, pods = name) => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name}, namespace: shop }
spec:
  minReplicas: 2
  maxReplicas: 6
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name}, namespace: shop }
spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: { matchLabels: { app: ${pods} } } }
`;

const SERVICE = (name: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: http }] }
`;

/** A service behind a Gateway in which nothing is wrong. */
export const SOUND_GATEWAY = [SERVICE('payments'), PODS('payments'), KEPT('payments'), `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: payments, namespace: shop }
spec:
  parentRefs: [{ name: shop }]
  rules:
    - matches: [{ path: { type: PathPrefix, value: /payments } }]
      backendRefs: [{ name: payments, port: 80 }]
`].join('---');

/** A service behind ingress-nginx in which nothing is wrong. */
export const SOUND_NGINX = [SERVICE('payments'), PODS('payments'), KEPT('payments'), `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: payments, namespace: shop, annotations: {} }
spec:
  ingressClassName: nginx
  rules:
    - host: payments.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: payments, port: { name: http } } } }] }
`].join('---');

/** A service that Flagger releases, in which nothing is wrong. */
export const SOUND_CANARY = [PODS('payments'), KEPT('payments', 'payments-primary'), `
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: payments, namespace: shop }
spec:
  provider: nginx
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: payments }
  autoscalerRef: { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: payments }
  service: { port: 80, targetPort: http }
  analysis:
    interval: 1m
    threshold: 5
    maxWeight: 50
    stepWeight: 10
    metrics: [{ name: request-success-rate, interval: 1m, thresholdRange: { min: 99 } }]
    webhooks: [{ name: load, type: rollout, url: http://load.shop/, timeout: 15s }]
`].join('---');
