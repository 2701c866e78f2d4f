import type { Acceptance } from '../../migrations/acceptance';
import { MIGRATION_RULES } from '../../migrations/rules/rules';
import { didYouMean } from '../../reading/nearest';
import { quoted } from '../../reading/quoted';
import { BadInput } from '../bad-input';

/** Reads what `--ignore` says, or throws. */
export function acceptanceOf(text: string): Acceptance {
  const [ruleId, reason] = [text.split('=')[0].trim(), text.slice(text.indexOf('=') + 1).trim()];
  const ids = MIGRATION_RULES.map(({ id }) => id);
  if (!ids.includes(ruleId)) {
    throw BadInput.of('--ignore', `${quoted(ruleId)} is no rule for migrations${didYouMean(ruleId, ids)}`);
  }
  if (!text.includes('=') || reason === '') {
    throw BadInput.of('--ignore', `${quoted(text)} must give a reason: ${ruleId}=REASON`);
  }
  return { ruleId, reason, by: '--ignore' };
}
