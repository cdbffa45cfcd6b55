import { useTranslation } from "@/shared/i18n";
import { inWords } from "@/shared/time";
import type { PlayerState } from "../player/state";
import { useOutageText } from "./useOutageText";

/** What the candidate's time is made of: the exam's own, what stands to them, what was given and why. */
export function YourTime({ attempt }: Pick<PlayerState, "attempt">) {
  const { t, i18n } = useTranslation("attempt");
  const outageText = useOutageText(attempt);
  const { duration_seconds, accommodation_seconds, credits, paused_seconds } = attempt;
  if (accommodation_seconds === 0 && credits.length === 0 && paused_seconds === 0) return null;
  const words = (seconds: number) => inWords(Math.abs(seconds) * 1_000, i18n.language);
  const parts = [
    { key: "base", term: t("yourTime.base"), value: words(duration_seconds) },
    ...(accommodation_seconds > 0
      ? [
          {
            key: "own",
            term: t("yourTime.accommodation"),
            value: t("yourTime.plus", { time: words(accommodation_seconds) }),
          },
        ]
      : []),
    ...credits.map(({ seconds, reason, given_at, outage }) => ({
      key: given_at,
      term: outage ? outageText("yourTime.outage", outage) : reason,
      value: t(seconds < 0 ? "yourTime.minus" : "yourTime.plus", { time: words(seconds) }),
    })),
    ...(paused_seconds > 0
      ? [{ key: "paused", term: t("yourTime.paused"), value: words(paused_seconds) }]
      : []),
  ];
  return (
    <section aria-labelledby="your-time" className="mt-6 border-t border-line pt-4 text-sm">
      <h2 id="your-time" className="mb-2 font-semibold">
        {t("yourTime.title")}
      </h2>
      <dl className="flex flex-col gap-y-1.5">
        {parts.map(({ key, term, value }) => (
          <div key={key} className="flex flex-wrap justify-between gap-x-4">
            <dt className="wrap-anywhere text-muted">{term}</dt>
            <dd className="tabular ms-auto text-end font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
