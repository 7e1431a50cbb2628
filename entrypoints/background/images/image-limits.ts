/** What an image may be, for a preset and the server it is asked of. */
import type { Preset } from '../../../utils/core/prompts/preset';
import type { Connection } from '../../../utils/core/vision/connection';
import { kindOf } from '../../../utils/core/vision/connection-kind';
import { imageRuleFor } from '../../../utils/core/vision/image-rules';

/**
 * The longest side of an image that need not be looked at closely, in pixels: what OpenAI calls
 * `low`.
 */
const LOW_DETAIL_SIDE = 512;

/** What the server takes, and what the preset makes of it. */
export function limitsFor({ detail }: Preset, connection: Connection) {
  const kind = kindOf(connection);
  if (detail !== 'low') return { ...kind, rule: imageRuleFor(connection.model) };
  // If the server has no setting for low detail, it gets a smaller image.
  const takesUrls = kind.takesUrls && kind.imageDetail !== undefined;
  return { ...kind, takesUrls, rule: { kind: 'unknown' as const, maxSide: LOW_DETAIL_SIDE } };
}
