import { useEffect } from 'react';
import { useCardProblems } from '../graph/card-problems.ts';
import { useOpenBody } from '../graph/open-body.ts';
import { useFlow } from './flow-store.ts';

/** Puts on the cards what the editor knows of them, and opens the steps inside of one. */
export function useDrawnPart(): void {
  const problems = useFlow((state) => state.problems);
  const inside = useFlow((state) => state.inside);
  useEffect(() => {
    const counts: Record<string, number> = {};
    for (const { path } of problems) {
      const id = path[inside.length];
      if (id === undefined || !inside.every((outer, level) => path[level] === outer)) continue;
      counts[id] = (counts[id] ?? 0) + 1;
    }
    useCardProblems.setState({ counts });
    return () => useCardProblems.setState({ counts: {} });
  }, [problems, inside]);
  useEffect(() => {
    useOpenBody.setState({
      open: (id) => {
        const { inside: path, enter } = useFlow.getState();
        enter([...path, id]);
      },
    });
    return () => useOpenBody.setState({ open: () => undefined });
  }, []);
}
