import { isTurnLong, nextTurn } from '../turns/turns.ts';

/** A text in pieces; others have their turn between two of them. */
export async function* piecesInTurns(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += pieceCharacters) {
    if (isTurnLong()) await nextTurn();
    yield text.slice(at, at + pieceCharacters);
  }
}

const pieceCharacters = 65_536;
