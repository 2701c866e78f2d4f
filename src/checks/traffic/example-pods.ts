/**
 * The manifests of a service whose pods end well: those of examples in which something else is wrong.
 * `preStop` is the propagation bound of the slowest way in to it.
 */
export function paymentsPods(preStop = 10): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: payments }
spec:
  replicas: 3
  selector: { matchLabels: { app: payments } }
  template:
    metadata: { labels: { app: payments } }
    spec:
      terminationGracePeriodSeconds: ${preStop + 20}
      containers:
        - name: payments
          image: registry.example.com/payments:2.1.0
          ports: [{ name: http, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ready, port: http } }
          lifecycle: { preStop: { sleep: { seconds: ${preStop} } } }
`;
}

/** The Service of those pods. */
export const PAYMENTS_SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: payments }
spec:
  selector: { app: payments }
  ports: [{ name: http, port: 80, targetPort: http }]
`;
