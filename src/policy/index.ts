// First, so that it is told in one sentence where the SDK is not installed.
import './installed';

export { ReleasePolicies, type ReleasePoliciesOptions } from './release-policies';
