/** A Service of the examples' pods. */
export const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: payments }
spec: { selector: { app: payments }, ports: [{ port: 80, targetPort: 8080 }] }
---`;

/** Selector and pods of the examples' workloads, which start and end as they should; more fields of the pods may follow. */
export const PODS = `selector: { matchLabels: { app: payments } }
  template:
    metadata: { labels: { app: payments } }
    spec:
      terminationGracePeriodSeconds: 40
      containers:
        - name: payments
          image: registry.example.com/payments:2.1.0
          ports: [{ containerPort: 8080 }]
          resources: { requests: { cpu: 250m, memory: 256Mi } }
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
          lifecycle: { preStop: { sleep: { seconds: 10 } } }`;

/** A Service that is asked for single pods by name. */
export const HEADLESS_SERVICE = SERVICE.replace('spec: {', 'spec: { clusterIP: None,');

/** The same pods where they are found by name: answers of DNS are kept for half a minute. */
export const PODS_BY_NAME = PODS.replace('seconds: 10', 'seconds: 40').replace('PeriodSeconds: 40', 'PeriodSeconds: 70');

/** The beginning of a Deployment; fields of its spec follow. */
export const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: payments }
spec:`;

/** The beginning of a disruption budget; fields of its spec follow. */
export const BUDGET = `
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: payments }
spec:`;

/** The beginning of an autoscaler of the examples' Deployment; further fields of its spec follow. */
export const AUTOSCALER = `
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: payments }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: payments }`;

/** The beginning of an Argo Rollout; fields of its spec follow. */
export const ROLLOUT = `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: payments }
spec:`;

/** The beginning of a Flagger Canary of the examples' Deployment; further fields of its spec follow. */
export const CANARY = `
---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: payments }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: payments }
  service: { port: 80, targetPort: 8080 }`;
