/** What comes next, and how long until then: to be read at any time, never shouted. */
export function Countdown({ label, left }: { label: string; left: string }) {
  return (
    <p className="sm:text-end">
      <span className="block text-sm text-muted">{label}</span>
      <span role="timer" aria-live="off" className="tabular text-xl font-semibold">
        {left}
      </span>
    </p>
  );
}
