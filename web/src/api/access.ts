import { create } from 'zustand';

/** Whether the server asked for a token that the page does not have. */
export const useAccess = create<{ readonly isAsked: boolean }>(() => ({ isAsked: false }));

const key = 'wwiseflow.token';

/** The token of this tab; null where none is needed. It is forgotten with the tab. */
export function readToken(): string | null {
  return sessionStorage.getItem(key);
}

export function keepToken(token: string): void {
  sessionStorage.setItem(key, token.trim());
  useAccess.setState({ isAsked: false });
}

export function clearToken(): void {
  sessionStorage.removeItem(key);
}
