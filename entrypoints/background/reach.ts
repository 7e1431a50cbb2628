/** Whether anything answers at an address, without reading what: that would need somebody's leave. */

const REACH_MS = 10_000;

export async function reach(baseUrl: string): Promise<boolean> {
  try {
    await fetch(`${baseUrl}/models`, {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(REACH_MS),
    });
    return true;
  } catch {
    return false;
  }
}
