import { execFile } from 'node:child_process';

export interface GitOutcome {
  readonly ok: boolean;
  readonly output: string;
  /** What git said about what went wrong, trimmed. */
  readonly trouble: string;
}

/**
 * Runs git in a directory, without a shell, a prompt or a background process of its own. Never rejects: a git that is
 * missing is an outcome that says so.
 */
export function runGit(directory: string, args: readonly string[]): Promise<GitOutcome> {
  return new Promise((resolve) => {
    const all = ['--literal-pathspecs', ...quiet, '-C', directory, ...args];
    const child = execFile('git', all, { maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) return resolve({ ok: true, output: stdout, trouble: '' });
      const missing = error.code === 'ENOENT' ? 'The program "git" was not found.' : '';
      resolve({ ok: false, output: stdout, trouble: missing || stderr.trim() || error.message });
    });
    child.stdin?.end();
  });
}

const quiet = ['-c', 'core.fsmonitor=false', '-c', 'core.askPass=', '-c', 'credential.helper='];
