import { describe, expect, it } from 'vitest';
import {
  connectionOf,
  draftOf,
  isOpenToListeners,
  storedKey,
  withFields,
} from '../../../components/connection/draft';
import type { Connection } from '../../../utils/core/vision/connection';

const OPENAI: Connection = {
  id: 'mine',
  provider: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  model: 'gpt-6-luna',
  firstWordSeconds: 30,
};
const STORED = { connections: [OPENAI], keyed: new Set(['mine']), keys: 'unprotected' as const };
const FIRST = { kind: 'first' } as const;
const NOTHING = { connections: [], keyed: new Set<string>(), keys: 'unprotected' as const };

describe('a draft', () => {
  it('begins with what is stored', () => {
    expect(draftOf(STORED, FIRST).fields.openai).toMatchObject({ model: 'gpt-6-luna', key: '' });
    expect(draftOf(NOTHING, FIRST).provider).toBe('openai');
    expect(draftOf(NOTHING, FIRST).fields.ollama.baseUrl).toBe('http://localhost:11434/v1');
  });

  it('keeps what was typed for each kind of server', () => {
    const typed = withFields(draftOf(NOTHING, FIRST), { key: 'sk-1' });
    const elsewhere = withFields({ ...typed, provider: 'custom' }, { key: 'other' });
    expect(elsewhere.fields.openai.key).toBe('sk-1');
  });

  it('becomes a connection that keeps its id and what else was set', () => {
    const draft = withFields(draftOf(STORED, FIRST), {
      model: 'gpt-6-sol',
      baseUrl: ' https://api.openai.com/v1/ ',
    });
    expect(connectionOf(draft, STORED)).toEqual({ ...OPENAI, model: 'gpt-6-sol' });
  });

  it('is of one connection alone where that is changed, and of none where one is added', () => {
    const other = { ...OPENAI, id: 'other', name: 'Work', model: 'gpt-6-sol' };
    const stored = { ...STORED, connections: [OPENAI, other] };
    const changed = draftOf(stored, { kind: 'change', connectionId: 'other' });
    expect(changed.fields.openai).toMatchObject({ id: 'other', name: 'Work', model: 'gpt-6-sol' });
    const added = draftOf(stored, { kind: 'new' });
    expect(added.fields.openai).toMatchObject({ name: '', model: '' });
    expect(['mine', 'other']).not.toContain(added.fields.openai.id);
  });

  it('takes a name, and lets it go', () => {
    const named = withFields(draftOf(STORED, FIRST), { name: '  At work ' });
    expect(connectionOf(named, STORED)).toMatchObject({ id: 'mine', name: 'At work' });
    const stored = { ...STORED, connections: [{ ...OPENAI, name: 'At work' }] };
    const unnamed = withFields(draftOf(stored, FIRST), { name: '' });
    expect(connectionOf(unnamed, stored)).toEqual(OPENAI);
  });

  it('becomes none without an address', () => {
    expect(
      connectionOf({ ...draftOf(NOTHING, FIRST), provider: 'custom' }, NOTHING),
    ).toBeUndefined();
  });
});

describe('a stored key', () => {
  it('holds for its own address', () => {
    expect(storedKey(draftOf(STORED, FIRST), STORED)).toBe('holds');
    expect(storedKey(draftOf(NOTHING, FIRST), NOTHING)).toBe('none');
  });

  it.each([
    'https://evil.example/v1',
    'http://api.openai.com/v1',
    'https://api.openai.com:8443/v1',
    '',
  ])('does not follow to "%s"', (baseUrl) => {
    expect(storedKey(withFields(draftOf(STORED, FIRST), { baseUrl }), STORED)).toBe('elsewhere');
  });
});

describe('isOpenToListeners', () => {
  it.each([
    ['https://models.example.com/v1', false],
    ['http://localhost:1234/v1', false],
    ['http://127.0.0.1:11434/v1', false],
    ['http://[::1]:11434/v1', false],
    ['http://192.168.0.7:11434/v1', true],
    ['http://localhost.example.com/v1', true],
  ])('of %s is %s', (address, open) => {
    expect(isOpenToListeners(address)).toBe(open);
  });
});
