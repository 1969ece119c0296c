import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { apiAddress, headersOf } from '../api/ask.ts';
import { command } from '../api/commands.ts';
import { notify } from '../app/notices.tsx';

type Peak = readonly [low: number, high: number];

/** The waveform of an audio source, which plays from where it is clicked. */
export function Player({
  id,
  name,
  seconds,
}: {
  readonly id: string;
  readonly name: string;
  readonly seconds: number;
}) {
  const [peaks, setPeaks] = useState<readonly Peak[]>([]);
  const [at, setAt] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    let isOver = false;
    void command<{ readonly peaks: readonly Peak[] }>('audio_peaks', { objectId: id, numPeaks: 300 }).then(
      (answer) => {
        if (!isOver && answer.ok) setPeaks(answer.data.peaks);
      },
    );
    return () => {
      isOver = true;
    };
  }, [id]);
  const load = async (): Promise<void> => {
    const player = audio.current;
    if (player === null || player.src !== '') return;
    const response = await fetch(apiAddress(`/originals/${encodeURIComponent(id)}`), {
      headers: headersOf(),
    });
    if (response.ok) player.src = URL.createObjectURL(await response.blob());
    else
      notify({
        kind: 'bad',
        text: `“${name}” cannot be played.`,
        hint: `The server answered ${response.status}.`,
      });
  };
  useEffect(() => {
    const player = audio.current;
    return () => {
      if (player !== null && player.src !== '') URL.revokeObjectURL(player.src);
    };
  }, []);
  const toggle = async (): Promise<void> => {
    const player = audio.current;
    if (player === null) return;
    await load();
    if (player.paused) await player.play().catch(() => undefined);
    else player.pause();
  };
  const length = peaks.length;
  const played = seconds === 0 ? 0 : (at / seconds) * length;
  return (
    <div className="player">
      <button
        type="button"
        className="icon primary"
        aria-label={isPlaying ? `Pause ${name}` : `Play ${name}`}
        onClick={() => void toggle()}
      >
        {isPlaying ? <Pause aria-hidden size={16} /> : <Play aria-hidden size={16} />}
      </button>
      <svg
        className="waveform"
        viewBox={`0 -1 ${Math.max(1, length)} 2`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Waveform of ${name}`}
      >
        {peaks.map(([low, high], index) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is what its position is
            key={index}
            className={index < played ? 'played' : ''}
            x={index + 0.1}
            width={0.8}
            y={-Math.max(0.01, high)}
            height={Math.max(0.02, high - low)}
          />
        ))}
      </svg>
      <input
        type="range"
        aria-label={`Position in ${name}`}
        min={0}
        max={seconds}
        step={0.01}
        value={at}
        onChange={({ target }) => {
          setAt(Number(target.value));
          void load().then(() => {
            if (audio.current !== null) audio.current.currentTime = Number(target.value);
          });
        }}
      />
      {/* biome-ignore lint/a11y/useMediaCaption: sound effects have no words */}
      <audio
        ref={audio}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
      />
    </div>
  );
}
