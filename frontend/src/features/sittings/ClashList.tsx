import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import type { NamedClash } from "./clashes";

const CLASHES_SHOWN = 5;

/** Who is expected elsewhere, where and when: the first few, and how many more. */
export function ClashList({
  clashes,
  zone,
}: {
  clashes: readonly NamedClash[];
  /** The zone of the sitting whose candidates they are. */
  zone: string;
}) {
  const { t, i18n } = useTranslation("sittings");
  return (
    <>
      <ul className="mt-1 list-disc ps-5">
        {clashes.slice(0, CLASHES_SHOWN).map((clash) => (
          <li key={`${clash.candidate_id} ${clash.opens_at}`}>
            {t("hints.clash", {
              name: clash.candidate_name,
              title: clash.title ?? t("hints.clashElsewhere"),
              when: moment(clash.opens_at, i18n.language, { timeZone: zone }),
            })}
          </li>
        ))}
      </ul>
      {clashes.length > CLASHES_SHOWN && (
        <p>{t("hints.moreClashes", { count: clashes.length - CLASHES_SHOWN })}</p>
      )}
    </>
  );
}
