import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "../i18n";
import { Disclosure } from "./Disclosure";

export interface Bar {
  /** What the bar counts: `60–70`. */
  label: string;
  count: number;
}

const HEIGHT = 220;
const TOP = 24;
const BOTTOM = 30;
const SIDE = 8;
const WIDTH_UNMEASURED = 640;
/** Labels nearer than this would run into one another. */
const LABEL_ROOM = 44;

/** Counts as bars. What they show is said in a sentence, and stands below as a table. */
export function Histogram({
  title,
  summary,
  bars,
  barHeader,
  countHeader,
}: {
  title: string;
  /** The picture in a sentence, for those who don't see it. */
  summary: string;
  bars: readonly Bar[];
  barHeader: string;
  countHeader: string;
}) {
  const { t } = useTranslation("staff");
  const id = useId();
  const frame = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(WIDTH_UNMEASURED);
  // An effect, because the width is known only once the frame stands on the page.
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) setWidth(entry.contentRect.width);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const step = (width - 2 * SIDE) / Math.max(1, bars.length);
  const room = HEIGHT - TOP - BOTTOM;
  const every = Math.max(1, Math.ceil(LABEL_ROOM / step));
  return (
    <figure ref={frame} className="min-w-0">
      <svg
        role="img"
        aria-labelledby={`${id}-title ${id}-summary`}
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        className="block overflow-visible"
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-summary`}>{summary}</desc>
        <line x1={0} x2={width} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} className="stroke-edge" />
        {bars.map((bar, place) => {
          const height = (bar.count / most) * room;
          const x = SIDE + place * step;
          return (
            <g key={bar.label}>
              <rect
                x={x + step * 0.08}
                y={HEIGHT - BOTTOM - height}
                width={step * 0.84}
                height={height}
                rx={Math.min(3, step / 8)}
                className="fill-accent"
              />
              {bar.count > 0 && step > 18 && (
                <text
                  x={x + step / 2}
                  y={HEIGHT - BOTTOM - height - 6}
                  textAnchor="middle"
                  className="tabular fill-ink text-xs font-semibold"
                >
                  {bar.count}
                </text>
              )}
              {place % every === 0 && (
                <text
                  x={x + step / 2}
                  y={HEIGHT - BOTTOM + 18}
                  textAnchor="middle"
                  className="tabular fill-muted text-xs"
                >
                  {bar.label}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <Disclosure summary={t("asTable")} className="mt-2 text-sm">
        <table className="tabular">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              <th scope="col" className="pe-6 text-start font-semibold">
                {barHeader}
              </th>
              <th scope="col" className="text-end font-semibold">
                {countHeader}
              </th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.label}>
                <th scope="row" className="pe-6 text-start font-normal">
                  {bar.label}
                </th>
                <td className="text-end">{bar.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Disclosure>
    </figure>
  );
}
