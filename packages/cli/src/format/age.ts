const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time in round words, as podman and docker print it. */
export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / MINUTE);
  const hours = Math.round(seconds / HOUR);
  if (seconds < 1) return 'Less than a second';
  if (seconds < 2) return '1 second';
  if (seconds < MINUTE) return `${Math.floor(seconds)} seconds`;
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  const days = Math.floor(seconds / DAY);
  if (days < 14) return `${days} days`;
  if (days < 60) return `${Math.floor(days / 7)} weeks`;
  if (days < 730) return `${Math.floor(days / 30)} months`;
  return `${Math.floor(days / 365)} years`;
}

/** How long ago it was, in Unix seconds. */
export function ago(unixSeconds: number, now = Date.now()): string {
  return `${duration(Math.max(0, now / 1000 - unixSeconds))} ago`;
}

/** `2026-11-24 15:57:25 +0000 UTC`, as Go prints a time. */
export function goTime(date: Date, fraction = ''): string {
  const [day, time = ''] = date.toISOString().split('T');
  return `${day} ${time.slice(0, 8)}${fraction} +0000 UTC`;
}
