/** Model servers on this machine, asked on their usual ports for a model that sees. */

export interface LocalModel {
  /** The server's proper name. */
  name: string;
  provider: 'ollama' | 'lmstudio';
  url: string;
  model: string;
}

/** A server that is there answers at once; nothing else may hold up the start. */
const PATIENCE_MS = 1_500;

/**
 * A vision model in Ollama.
 *
 * @param wanted The model to use; else the first that sees.
 */
export async function findOllama(wanted?: string): Promise<LocalModel | undefined> {
  const url = 'http://127.0.0.1:11434';
  const tags = await ask<{ models?: { name: string }[] }>(`${url}/api/tags`);
  for (const { name } of tags?.models ?? []) {
    if (wanted !== undefined && name !== wanted && name !== `${wanted}:latest`) continue;
    const shown = await ask<{ capabilities?: string[] }>(`${url}/api/show`, { model: name });
    if (shown?.capabilities?.includes('vision')) {
      return { name: 'Ollama', provider: 'ollama', url, model: name };
    }
  }
  return undefined;
}

/** A vision model in LM Studio; the parameter is as in `findOllama`. */
export async function findLmStudio(wanted?: string): Promise<LocalModel | undefined> {
  const url = 'http://127.0.0.1:1234';
  const list = await ask<{ data?: { id: string; type?: string }[] }>(`${url}/api/v0/models`);
  const found = list?.data?.find(
    ({ id, type }) => type === 'vlm' && (wanted === undefined || id === wanted),
  );
  return found && { name: 'LM Studio', provider: 'lmstudio', url, model: found.id };
}

async function ask<T>(url: string, body?: object): Promise<T | undefined> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
    return response.ok ? ((await response.json()) as T) : undefined;
  } catch {
    // Nobody listens there.
    return undefined;
  }
}
