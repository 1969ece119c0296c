import { useEffect, useState } from 'react';
import { command } from '../api/commands.ts';
import type { ProjectObject } from '../api/wire.ts';
import { lastPart } from '../ui/words.ts';
import { Player } from './player.tsx';

interface AudioFile {
  readonly filePath: string;
  readonly source?: ProjectObject;
  readonly channels?: number;
  readonly sampleRate?: number;
  readonly durationSeconds?: number;
  readonly integratedLufs?: number | null;
  readonly truePeakDb?: number | null;
  readonly error?: string;
}

/** The audio that an object and what is below it plays: facts, waveform, and a player for each. */
export function Sources({ id }: { readonly id: string }) {
  const [files, setFiles] = useState<readonly AudioFile[]>([]);
  const [total, setTotal] = useState(0);
  useEffect(() => {
    let isOver = false;
    void command<{ readonly files: readonly AudioFile[]; readonly total: number }>('audio_facts', {
      objectId: id,
      limit: 10,
    }).then((answer) => {
      if (isOver || !answer.ok) return;
      setFiles(answer.data.files);
      setTotal(answer.data.total);
    });
    return () => {
      isOver = true;
    };
  }, [id]);
  if (files.length === 0) return null;
  return (
    <section className="part">
      <h2>Audio</h2>
      {files.map(
        ({ filePath, source, channels, sampleRate, durationSeconds, integratedLufs, truePeakDb, error }) => (
          <div key={source?.id ?? filePath} className="audio-source">
            <p>
              <strong>{source?.name ?? lastPart(filePath)}</strong>{' '}
              <small title={filePath}>{filePath.replace(/^.*[\\/](?=Originals[\\/])/, '')}</small>
            </p>
            {error !== undefined ? (
              <p className="field-problem">{error}</p>
            ) : (
              <p className="figures">
                {durationSeconds !== undefined && <span>{durationSeconds.toFixed(2)} s</span>}
                {channels !== undefined && (
                  <span>{channels === 1 ? 'mono' : channels === 2 ? 'stereo' : `${channels} channels`}</span>
                )}
                {sampleRate !== undefined && <span>{sampleRate / 1_000} kHz</span>}
                {typeof integratedLufs === 'number' && <span>{integratedLufs} LUFS</span>}
                {typeof truePeakDb === 'number' && <span>peak {truePeakDb} dBTP</span>}
              </p>
            )}
            {source !== undefined && (
              <Player id={source.id} name={source.name} seconds={durationSeconds ?? 0} />
            )}
          </div>
        ),
      )}
      {total > files.length && (
        <p className="about">
          The first {files.length} of {total} files.
        </p>
      )}
    </section>
  );
}
