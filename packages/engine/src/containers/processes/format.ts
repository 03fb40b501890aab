import type { ProcessInfo } from './process.ts';

/** Command line with spaces between; the bare command in brackets where it has none, as kernel threads and zombies. */
export function commandLine({ args, command }: ProcessInfo): string {
  return args.length > 0 ? args.join(' ').trimEnd() : `[${command}]`;
}

/** Name of a controlling terminal by its device number; `?` for none. */
export function ttyName(device: number): string {
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >> 12) & 0xfff00);
  if (major >= 136 && major <= 143) return `pts/${minor + (major - 136) * 256}`;
  if (major === 4) return minor < 64 ? `tty${minor}` : `ttyS${minor - 64}`;
  return major === 5 && minor === 1 ? 'console' : '?';
}

/** `[days-]hh:mm:ss` */
export function clockTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const days = Math.floor(whole / 86_400);
  const time = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60].map(two).join(':');
  return days > 0 ? `${days}-${time}` : time;
}

/** When a process started, shorter the longer ago: the time today, the day this year, else the year. */
export function startTime(start: Date, now: Date): string {
  if (start.getFullYear() !== now.getFullYear()) return String(start.getFullYear());
  if (start.getMonth() === now.getMonth() && start.getDate() === now.getDate()) return start.toTimeString().slice(0, 5);
  return `${start.toLocaleString('en', { month: 'short' })}${String(start.getDate()).padStart(2, '0')}`;
}
