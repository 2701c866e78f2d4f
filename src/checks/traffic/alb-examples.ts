/** An Ingress of the AWS Load Balancer Controller to payments' Service, with some more annotations. */
export function paymentsAlb(annotations: string, port = '{ number: 80 }'): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: payments
  annotations:
    ${annotations}
spec:
  ingressClassName: alb
  rules:
    - http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: payments, port: ${port} } } }
`;
}

/** The annotation by which the load balancer sends to the pods' own addresses. */
export const TO_PODS = 'alb.ingress.kubernetes.io/target-type: ip';

/** A Service of type LoadBalancer, by a Network Load Balancer, with some more annotations. */
export function paymentsNlb(annotations: string): string {
  return `
apiVersion: v1
kind: Service
metadata:
  name: payments
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: external
    ${annotations}
spec:
  type: LoadBalancer
  selector: { app: payments }
  ports: [{ name: http, port: 80, targetPort: http }]
`;
}
