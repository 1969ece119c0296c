import '@xyflow/react/dist/style.css';
import './style/base.css';
import './style/shell.css';
import './style/graph.css';
import './style/card.css';
import './style/panel.css';
import './style/run.css';
import './style/project.css';
import './style/pages.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { showTheme, useTheme } from './app/theme.ts';

showTheme(useTheme.getState().theme);
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
