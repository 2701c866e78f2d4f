import { testEquality } from './equality';
import { legalDeclarations } from '../properties/arbitraries';

describe('any declaration of a rolling release', () => testEquality(legalDeclarations, 60));
