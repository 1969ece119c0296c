import { create } from 'zustand';

export type Theme = 'dark' | 'light';

const key = 'wwiseflow.theme';

function firstTheme(): Theme {
  const kept = localStorage.getItem(key);
  if (kept === 'dark' || kept === 'light') return kept;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

/** Dark or light: as the system is, until somebody chooses. */
export const useTheme = create<{ readonly theme: Theme; toggle(): void }>((set, get) => ({
  theme: firstTheme(),
  toggle() {
    const theme = get().theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(key, theme);
    showTheme(theme);
    set({ theme });
  },
}));

/** Gives the document the colours of a theme. */
export function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}
