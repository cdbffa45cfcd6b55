import { useQuery } from "@tanstack/react-query";
import { Building2, FolderPlus, Landmark } from "lucide-react";
import { useState } from "react";
import type { Unit } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import {
  Badge,
  Button,
  Card,
  Checkbox,
  EmptyState,
  ErrorNote,
  Loading,
  PageHeader,
} from "@/shared/ui";
import { type UnitNode, unitsQuery, unitTree } from "@/shared/units";
import { NewUnitDialog } from "./NewUnitDialog";
import { TermsCard } from "./TermsCard";
import { UnitCard } from "./UnitCard";

/** The organisation: faculties, courses and classes as a tree, and the terms in which they run. */
export function UnitsPage({
  chosen,
  onChoose,
}: {
  chosen: string | null;
  onChoose: (unitId: string | null) => void;
}) {
  const { t, i18n } = useTranslation("units");
  const [archived, setArchived] = useState(false);
  const [adding, setAdding] = useState<{ below: Unit | null } | null>(null);
  // What is shown stays until the other list is here, and with it the focus on the box that asked for it.
  const query = useQuery({ ...unitsQuery(archived), placeholderData: (before) => before });
  const units = query.data ?? [];
  const unit = units.find(({ id }) => id === chosen) ?? null;
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          <Button
            look="primary"
            icon={<FolderPlus aria-hidden />}
            onClick={() => setAdding({ below: null })}
          >
            {t("add")}
          </Button>
        }
      />
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data && (
        <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
          <div className="flex flex-col gap-6">
            <Card title={t("tree")}>
              {units.length === 0 ? (
                <EmptyState icon={<Building2 />} title={t("empty")}>
                  {t("emptyLead")}
                </EmptyState>
              ) : (
                <Tree
                  nodes={unitTree(units, i18n.language)}
                  chosen={chosen}
                  onChoose={onChoose}
                  label={t("tree")}
                />
              )}
              <div className="mt-4 border-t border-line pt-3">
                <Checkbox label={t("showArchived")} checked={archived} onChange={setArchived} />
              </div>
            </Card>
            <TermsCard />
          </div>
          {unit ? (
            <UnitCard
              key={unit.id}
              unit={unit}
              units={units}
              onAddBelow={() => setAdding({ below: unit })}
            />
          ) : (
            <EmptyState icon={<Landmark />} title={t("chooseOne")}>
              {t("chooseOneLead")}
            </EmptyState>
          )}
        </div>
      )}
      {adding && (
        <NewUnitDialog
          below={adding.below}
          onDone={(made) => {
            setAdding(null);
            onChoose(made.id);
          }}
          onClose={() => setAdding(null)}
        />
      )}
    </>
  );
}

function Tree({
  nodes,
  chosen,
  label,
  onChoose,
}: {
  nodes: readonly UnitNode[];
  chosen: string | null;
  label?: string;
  onChoose: (unitId: string) => void;
}) {
  const { t } = useTranslation("units");
  return (
    <ul aria-label={label} className="flex flex-col gap-0.5">
      {nodes.map(({ unit, children }) => (
        <li key={unit.id}>
          <button
            type="button"
            aria-current={unit.id === chosen ? "true" : undefined}
            onClick={() => onChoose(unit.id)}
            className="flex w-full items-center gap-2 rounded-md px-2.5 py-1.5 text-start hover:bg-sunken aria-[current]:bg-accent-soft aria-[current]:text-accent"
          >
            <span className="min-w-0 flex-1 truncate font-medium">
              {unit.name}
              {unit.code !== null && (
                <span className="ms-2 text-sm font-normal text-muted">{unit.code}</span>
              )}
            </span>
            {unit.archived && <Badge>{t("isArchived")}</Badge>}
            <span className="text-sm text-muted">{t(`kinds.${unit.kind}`)}</span>
          </button>
          {children.length > 0 && (
            <div className="ms-3 border-s border-line ps-2">
              <Tree nodes={children} chosen={chosen} onChoose={onChoose} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
