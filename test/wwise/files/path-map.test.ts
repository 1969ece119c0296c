import { describe, expect, it } from 'vitest';
import { createPathMap } from '../../../src/wwise/files/path-map.ts';

const windowsProject = 'C:\\Game\\Game.wproj';

describe('paths between an agent and a Wwise that see different ones', () => {
  it('are the same on Windows, and with the embedded engine', () => {
    const windows = createPathMap({ host: 'windows', homeDir: 'C:\\Users\\me' });
    expect(windows.toWwise('C:\\wavs\\a.wav', windowsProject)).toBe('C:\\wavs\\a.wav');
    expect(windows.toLocal('Z:\\wavs\\a.wav')).toBe('Z:\\wavs\\a.wav');
    const linux = createPathMap({ host: 'linux', homeDir: '/home/me' });
    expect(linux.toWwise('/wavs/a.wav', '/game/Game.wproj')).toBe('/wavs/a.wav');
    expect(linux.toLocal('/game/Originals/SFX/a.wav')).toBe('/game/Originals/SFX/a.wav');
  });

  it('go from WSL to Windows and back', () => {
    const wsl = createPathMap({ host: 'wsl', homeDir: '/home/me', wslDistribution: 'Ubuntu' });
    expect(wsl.toWwise('/mnt/c/wavs/a b.wav', windowsProject)).toBe('C:\\wavs\\a b.wav');
    expect(wsl.toWwise('/mnt/d', windowsProject)).toBe('D:\\');
    expect(wsl.toWwise('/home/me/a.wav', windowsProject)).toBe('\\\\wsl.localhost\\Ubuntu\\home\\me\\a.wav');
    expect(wsl.toLocal('C:\\Game\\Originals\\SFX\\a.wav')).toBe('/mnt/c/Game/Originals/SFX/a.wav');
    expect(wsl.toLocal('\\\\wsl.localhost\\Ubuntu\\home\\me\\a.wav')).toBe('/home/me/a.wav');
    expect(wsl.toLocal('\\\\wsl$\\Ubuntu\\home\\me\\a.wav')).toBe('/home/me/a.wav');
  });

  it('use drives Z: and Y: for Wwise on a Mac', () => {
    const mac = createPathMap({ host: 'mac', homeDir: '/Users/me' });
    expect(mac.toWwise('/Volumes/Audio/a.wav', 'Z:\\Users\\me\\Game.wproj')).toBe(
      'Z:\\Volumes\\Audio\\a.wav',
    );
    expect(mac.toLocal('Z:\\Volumes\\Audio\\a.wav')).toBe('/Volumes/Audio/a.wav');
    expect(mac.toLocal('Y:\\Game\\a.wav')).toBe('/Users/me/Game/a.wav');
    expect(mac.toLocal('Q:\\Game\\a.wav')).toBe('Q:\\Game\\a.wav');
  });

  it('follow the table before everything else, the longest folder first, without case on the Windows side', () => {
    const table = [
      { local: '/srv/audio', wwise: 'S:\\Audio' },
      { local: '/srv/audio/vo', wwise: 'V:\\VO' },
    ];
    const mapped = createPathMap({ host: 'linux', homeDir: '/root', table });
    expect(mapped.toWwise('/srv/audio/sfx/a.wav', windowsProject)).toBe('S:\\Audio\\sfx\\a.wav');
    expect(mapped.toWwise('/srv/audio/vo/en/a.wav', windowsProject)).toBe('V:\\VO\\en\\a.wav');
    expect(mapped.toWwise('/srv/audiobooks/a.wav', '/game/Game.wproj')).toBe('/srv/audiobooks/a.wav');
    expect(mapped.toLocal('s:\\audio\\sfx\\a.wav')).toBe('/srv/audio/sfx/a.wav');
    expect(mapped.toLocal('V:\\VO')).toBe('/srv/audio/vo');
  });

  it('take what lies behind neither a drive nor the table for unknown, and say which option helps', () => {
    const linux = createPathMap({
      host: 'linux',
      homeDir: '/root',
      table: [{ local: '/srv/audio', wwise: 'S:\\Audio' }],
    });
    expect(() => linux.toWwise('/home/me/a.wav', windowsProject)).toThrow(
      expect.objectContaining({
        code: 'FILE_UNREADABLE',
        message: expect.stringContaining('/home/me/a.wav'),
        hint: expect.stringContaining('--map-path'),
        details: { path: '/home/me/a.wav', wwisePath: windowsProject },
      }),
    );
    const nameless = createPathMap({ host: 'wsl', homeDir: '/root' });
    expect(() => nameless.toWwise('/home/me/a.wav', windowsProject)).toThrow(/how it sees/);
    expect(linux.toLocal('D:\\Other\\a.wav')).toBe('D:\\Other\\a.wav');
  });

  it('leave Windows paths, relative paths and other texts alone', () => {
    const wsl = createPathMap({ host: 'wsl', homeDir: '/home/me', wslDistribution: 'Ubuntu' });
    for (const text of ['C:\\wavs\\a.wav', '\\\\nas\\audio\\a.wav', 'Step_01.wav', '']) {
      expect(wsl.toWwise(text, windowsProject)).toBe(text);
    }
    for (const text of ['\\Containers\\Default Work Unit', '/mnt/c/a.wav', '\\\\wsl$\\Debian\\home\\a.wav']) {
      expect(wsl.toLocal(text)).toBe(text);
    }
  });

  it('know drive letters in either case, forward slashes from Windows, and whole drives in the table', () => {
    const wsl = createPathMap({ host: 'wsl', homeDir: '/home/me' });
    expect(wsl.toLocal('c:/Game/Originals/')).toBe('/mnt/c/Game/Originals/');
    expect(wsl.toWwise('/mnt/C/a.wav', windowsProject)).toBe('C:\\a.wav');
    const drive = createPathMap({
      host: 'linux',
      homeDir: '/root',
      table: [{ local: '/net/game/', wwise: 'P:\\' }],
    });
    expect(drive.toWwise('/net/game/a.wav', windowsProject)).toBe('P:\\a.wav');
    expect(drive.toLocal('p:\\Originals\\SFX\\a.wav')).toBe('/net/game/Originals/SFX/a.wav');
    expect(drive.toLocal('P:\\')).toBe('/net/game');
  });

  it('come back as they went', () => {
    const hosts = [
      createPathMap({ host: 'wsl', homeDir: '/home/me', wslDistribution: 'Ubuntu' }),
      createPathMap({ host: 'linux', homeDir: '/', table: [{ local: '/', wwise: '\\\\nas\\root' }] }),
    ];
    for (const map of hosts) {
      for (const path of ['/mnt/d/Ähm & Co/a b.wav', '/home/me/wavs/ß.wav', '/a']) {
        expect(map.toLocal(map.toWwise(path, windowsProject))).toBe(path);
      }
    }
  });
});
