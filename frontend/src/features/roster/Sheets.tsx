import type { AdmissionSlip, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { inWords, moment, zoneLabel } from "@/shared/time";

/** Admission codes as they are printed. */
export function Sheets({
  sitting,
  slips,
  layout,
}: {
  sitting: Sitting;
  slips: readonly AdmissionSlip[];
  layout: "slips" | "pages";
}) {
  const { t, i18n } = useTranslation("roster");
  const address = window.location.host;
  return (
    <ol data-sheets={layout} aria-label={t("sheet.label")}>
      {slips.map((slip) => (
        <li key={slip.attempt_id} data-sheet="">
          <p data-part="title">{sitting.title}</p>
          <dl>
            <div>
              <dt>{t("name")}</dt>
              <dd>{slip.candidate_name}</dd>
            </div>
            <div>
              <dt>{t("number")}</dt>
              <dd>{slip.number ?? ""}</dd>
            </div>
            <div>
              <dt>{t("sheet.opens")}</dt>
              <dd>
                {moment(slip.opens_at, i18n.language, { timeZone: sitting.time_zone })}
                <small>{zoneLabel(sitting.time_zone, Date.parse(slip.opens_at))}</small>
              </dd>
            </div>
            <div>
              <dt>{t("sheet.duration")}</dt>
              <dd>{inWords(sitting.duration_minutes * 60_000, i18n.language)}</dd>
            </div>
          </dl>
          <p data-part="code">
            <span>{t("sheet.code")}</span>
            <strong>{slip.code}</strong>
          </p>
          <p data-part="how">{t("sheet.how", { address })}</p>
        </li>
      ))}
    </ol>
  );
}
