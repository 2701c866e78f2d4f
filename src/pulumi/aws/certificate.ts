import * as pulumi from '@pulumi/pulumi';
import type { AwsScope } from './scope';
import { settled } from '../inputs/placeholder';

/** The lifetime of records that AWS looks at to renew a certificate, in seconds. */
const RECORD_TTL = 60;

/** Makes a certificate for every host, and the records that validate it. Another one is there before this one goes. */
export function createCertificate(scope: AwsScope, zoneId: pulumi.Input<string>): pulumi.Output<string> {
  const { sdk: { acm, route53 }, balanced: { traffic: { hosts } } } = scope;
  const [domainName, ...subjectAlternativeNames] = hosts;
  const certificate = scope.make(acm.Certificate, 'certificate', {
    domainName, subjectAlternativeNames, validationMethod: 'DNS', tags: scope.tags,
  }, { deleteBeforeReplace: false });
  const records = hosts.map((_, index) => {
    const option = certificate.domainValidationOptions[index];
    return scope.make(route53.Record, `certificate-record-${index}`, {
      zoneId,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      records: [option.resourceRecordValue],
      ttl: RECORD_TTL,
      // A host and its wildcard are validated by the same record.
      allowOverwrite: true,
    });
  });
  return scope.make(acm.CertificateValidation, 'certificate-validation', {
    certificateArn: certificate.arn, validationRecordFqdns: records.map(({ fqdn }) => fqdn),
  }).certificateArn;
}

/** The ARN of the certificate of a way in, where it has one: one made here, or the declared one. */
export function certificateArnOf(scope: AwsScope): pulumi.Input<string> | undefined {
  const { traffic: { certificateArn }, balancing: { certificateZoneId } } = scope.balanced;
  return certificateZoneId !== undefined ? createCertificate(scope, certificateZoneId)
    : certificateArn === undefined ? undefined : pulumi.output(settled(certificateArn));
}
