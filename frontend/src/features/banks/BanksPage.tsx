import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Archive, Library, Plus } from "lucide-react";
import { useState } from "react";
import type { Bank } from "@/shared/api";
import { banksQuery } from "@/shared/authoring/requests/listBanks";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Button, EmptyState, ErrorNote, Loading, PageHeader, Segmented } from "@/shared/ui";
import { unitPathName, unitsQuery } from "@/shared/units";
import { BankDialog } from "./BankDialog";

/** All banks of one's units. */
export function BanksPage({ onOpen }: { onOpen: (bank: Bank) => void }) {
  const { t } = useTranslation("banks");
  const [shown, setShown] = useState<"current" | "archived">("current");
  const [making, setMaking] = useState(false);
  const banks = useInfiniteQuery(banksQuery(shown === "archived"));
  const items = banks.data?.pages.flatMap((page) => page.items);
  const make = (
    <Button look="primary" icon={<Plus aria-hidden />} onClick={() => setMaking(true)}>
      {t("new")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("banks")} lead={t("lead")} actions={make} />
      <div className="mb-4">
        <Segmented
          label={t("shown")}
          size="sm"
          value={shown}
          options={[
            { value: "current", label: t("current") },
            { value: "archived", label: t("archived") },
          ]}
          onChange={setShown}
        />
      </div>
      {banks.error ? (
        <ErrorNote error={banks.error} onRetry={() => void banks.refetch()} />
      ) : items === undefined ? (
        <Loading />
      ) : items.length === 0 ? (
        shown === "archived" ? (
          <EmptyState icon={<Archive />} title={t("noneArchived")} />
        ) : (
          <EmptyState icon={<Library />} title={t("none")} action={make}>
            {t("noneLead")}
          </EmptyState>
        )
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 2xl:grid-cols-3">
          {items.map((bank) => (
            <BankCard key={bank.id} bank={bank} />
          ))}
        </ul>
      )}
      {banks.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={banks.isFetchingNextPage} onClick={() => void banks.fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
      {making && <BankDialog bank={null} onDone={onOpen} onClose={() => setMaking(false)} />}
    </>
  );
}

function BankCard({ bank }: { bank: Bank }) {
  const { t, i18n } = useTranslation("banks");
  return (
    <li className="relative flex flex-col gap-2 rounded-lg border border-line bg-surface p-5 shadow-card transition-colors focus-within:border-accent hover:border-accent">
      <h2 className="text-lg font-semibold">
        <Link
          to="/author/banks/$bankId"
          params={{ bankId: bank.id }}
          // The whole card is the link's, and its words are the title alone.
          className="after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-focus"
        >
          {bank.title}
        </Link>
      </h2>
      {bank.description !== "" && (
        <p className="line-clamp-2 text-sm text-muted">{bank.description}</p>
      )}
      <div className="mt-auto flex flex-wrap items-center justify-between gap-x-4 gap-y-1 pt-2 text-sm">
        <span className="tabular font-medium">{t("questions", { count: bank.questions })}</span>
        <span className="text-muted">
          {t("changedAt", { at: moment(bank.updated_at, i18n.language, { style: "date" }) })}
        </span>
      </div>
      <UnitName path={bank.unit_path} />
    </li>
  );
}

/** The unit that a thing belongs to, by name. */
export function UnitName({ path }: { path: string }) {
  const { t } = useTranslation("banks");
  const units = useQuery(unitsQuery());
  const id = path.split("/").findLast((part) => part !== "");
  const name =
    id === undefined ? t("wholeInstitution") : units.data && unitPathName(units.data, id);
  return name ? <p className="text-sm text-muted">{name}</p> : null;
}
