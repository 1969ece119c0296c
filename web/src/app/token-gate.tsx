import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { keepToken } from '../api/access.ts';

/** Asks for the token of the server, where it wants one. */
export function TokenGate() {
  const [token, setToken] = useState('');
  return (
    <main className="gate">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keepToken(token);
        }}
      >
        <KeyRound aria-hidden size={28} />
        <h1>This server asks for a token</h1>
        <p className="about">
          Make one with <code>wwiseflow token add</code>. It stays in this tab.
        </p>
        <input
          aria-label="Token"
          type="password"
          autoComplete="off"
          value={token}
          onChange={({ target }) => setToken(target.value)}
        />
        <button type="submit" className="primary" disabled={token.trim() === ''}>
          Go on
        </button>
      </form>
    </main>
  );
}
