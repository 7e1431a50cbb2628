import { describe, expect, it } from 'vitest';
import { lockAgain, lockWith, unlockWith } from '../../../utils/settings/locked-keys';

const KEYS = { a: 'sk-one', b: 'sk-two' };

describe('keys under a passphrase', () => {
  it('open with it alone, and tell nothing without it', async () => {
    const { locked, open } = await lockWith('correct horse', KEYS);
    expect(JSON.stringify(locked)).not.toMatch(/sk-one|sk-two/);
    expect(locked.ids).toEqual(['a', 'b']);
    expect(locked.iterations).toBeGreaterThanOrEqual(600_000);
    expect(await unlockWith('correct horse', locked)).toEqual(open);
    expect(await unlockWith('correct horsf', locked)).toBeUndefined();
    expect(await unlockWith('', locked)).toBeUndefined();
  });

  it('are locked anew after a change, never with the same vector', async () => {
    const { locked, open } = await lockWith('correct horse', KEYS);
    const next = await lockAgain(locked, { ...open, keys: { c: 'sk-three' } });
    expect(next.iv).not.toBe(locked.iv);
    expect((await unlockWith('correct horse', next))?.keys).toEqual({ c: 'sk-three' });
  });

  it('have a salt of their own each time', async () => {
    const [one, other] = await Promise.all([lockWith('same', KEYS), lockWith('same', KEYS)]);
    expect(one.locked.salt).not.toBe(other.locked.salt);
    expect(one.open.secret).not.toBe(other.open.secret);
  });

  it('do not open when what is stored was changed', async () => {
    const { locked } = await lockWith('correct horse', KEYS);
    const data = `${locked.data.startsWith('A') ? 'B' : 'A'}${locked.data.slice(1)}`;
    expect(await unlockWith('correct horse', { ...locked, data })).toBeUndefined();
  });

  it('take a passphrase however its letters were composed', async () => {
    const { locked } = await lockWith('cafe\u0301 au lait', KEYS);
    expect((await unlockWith('café au lait', locked))?.keys).toEqual(KEYS);
  });
});
