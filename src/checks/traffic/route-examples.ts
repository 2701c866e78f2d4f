/** A Gateway API route to payments' Service. */
export const PAYMENTS_ROUTE = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: payments }
spec:
  parentRefs: [{ name: public }]
  rules:
    - backendRefs: [{ name: payments, port: 80 }]
`;

/** An Istio route to payments' Service. */
export const PAYMENTS_VIRTUAL_SERVICE = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payments }
spec:
  hosts: [payments]
  http:
    - route: [{ destination: { host: payments } }]
`;

/** Istio's policy for payments' Service. */
export const PAYMENTS_DESTINATION_RULE = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: payments }
spec:
  host: payments
`;
