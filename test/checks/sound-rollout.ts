/** A canary by Argo Rollouts and Istio in which nothing is wrong. */
export const SOUND_ROLLOUT = `
apiVersion: v1
kind: Service
metadata: { name: payments, namespace: shop }
spec: { selector: { app: payments }, ports: [{ name: http, port: 80, targetPort: http }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: payments, namespace: shop }
spec:
  host: payments
  subsets:
    - { name: stable, labels: { app: payments } }
    - { name: canary, labels: { app: payments } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payments, namespace: shop }
spec:
  hosts: [payments]
  http:
    - name: primary
      route:
        - { destination: { host: payments, subset: stable }, weight: 100 }
        - { destination: { host: payments, subset: canary }, weight: 0 }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: payments, namespace: shop }
spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: { matchLabels: { app: payments } } }
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: success-rate, namespace: shop }
spec:
  metrics:
    - name: success-rate
      interval: 1m
      count: 5
      initialDelay: 5m
      successCondition: len(result) == 0 || result[0] >= 0.99
      failureLimit: 1
      provider: { prometheus: { address: http://prometheus, query: 'sum(rate(requests_total{code!~"5.."}[5m])) / sum(rate(requests_total[5m]))' } }
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: payments
  namespace: shop
  annotations: { zero-downtime/istio-sidecar: native }
spec:
  replicas: 4
  minReadySeconds: 10
  selector: { matchLabels: { app: payments } }
  strategy:
    canary:
      scaleDownDelaySeconds: 60
      trafficRouting:
        istio:
          virtualService: { name: payments, routes: [primary] }
          destinationRule: { name: payments, canarySubsetName: canary, stableSubsetName: stable }
      steps:
        - setWeight: 20
        - analysis: { templates: [{ templateName: success-rate }] }
  template:
    metadata: { labels: { app: payments, sidecar.istio.io/inject: 'true' } }
    spec:
      terminationGracePeriodSeconds: 45
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          matchLabelKeys: [rollouts-pod-template-hash]
          labelSelector: { matchLabels: { app: payments } }
      containers:
        - name: payments
          image: registry.example.com/payments:2.1.0
          ports: [{ name: http, containerPort: 8080 }]
          resources: { requests: { cpu: 250m, memory: 256Mi } }
          readinessProbe: { httpGet: { path: /ready, port: http } }
          livenessProbe: { httpGet: { path: /live, port: http } }
          startupProbe: { httpGet: { path: /live, port: http }, periodSeconds: 5, failureThreshold: 20 }
          lifecycle: { preStop: { sleep: { seconds: 20 } } }
`;
