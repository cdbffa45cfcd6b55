import {
  CirclePause,
  CirclePlay,
  CircleStop,
  Clock,
  Hourglass,
  MonitorSmartphone,
  MoreHorizontal,
} from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { Checkbox, type Column, IconButton, Menu, MenuItem, Table } from "@/shared/ui";
import type { Acting } from "./Actions";
import { AnsweredCell, ExtraCell, LeftCell, OnlineCell, SavedCell, StateCell } from "./cells";
import { hasEntriesToAdmit, isWriting, type Order, type Sort, type WatchedRow } from "./triage";

/** The attempts of a sitting as a dense table; what is done about one is at the end of its row. */
export function LiveTable({
  rows,
  order,
  onOrder,
  chosen,
  onChoose,
  onAct,
}: {
  rows: readonly WatchedRow[];
  order: Order;
  onOrder: (order: Order) => void;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onAct: (acting: Acting) => void;
}) {
  const { t } = useTranslation("live");
  const sortable = (by: Sort): Pick<Column<WatchedRow>, "sort" | "onSort"> => ({
    sort: order.by !== by ? "none" : order.descending ? "descending" : "ascending",
    onSort: () => onOrder({ by, descending: order.by === by && !order.descending }),
  });
  const toggle = (row: WatchedRow, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(row.attempt_id);
    else next.delete(row.attempt_id);
    onChoose(next);
  };
  const all = rows.length > 0 && rows.every((row) => chosen.has(row.attempt_id));
  return (
    <Table
      caption={t("caption")}
      rows={rows}
      rowKey={(row) => row.attempt_id}
      selected={(row) => chosen.has(row.attempt_id)}
      columns={[
        {
          key: "choose",
          header: (
            <Checkbox
              label={t("chooseAll")}
              labelHidden
              checked={all}
              onChange={(on) =>
                onChoose(on ? new Set(rows.map((row) => row.attempt_id)) : new Set())
              }
            />
          ),
          className: "w-8",
          cell: (row) => (
            <Checkbox
              label={t("choose", { name: row.candidate_name })}
              labelHidden
              checked={chosen.has(row.attempt_id)}
              onChange={(on) => toggle(row, on)}
            />
          ),
        },
        {
          key: "name",
          header: t("name"),
          heading: true,
          className: "min-w-32",
          ...sortable("name"),
          cell: (row) => (
            <>
              {row.candidate_name}
              <span className="tabular block text-sm font-normal text-muted 2xl:hidden">
                {row.candidate_number}
              </span>
              {row.room !== "" && (
                <span className="block text-sm font-normal text-muted">{row.room}</span>
              )}
            </>
          ),
        },
        {
          key: "number",
          header: t("number"),
          wideOnly: "widest",
          className: "tabular",
          ...sortable("number"),
          cell: (row) => row.candidate_number,
        },
        {
          key: "state",
          header: t("state"),
          ...sortable("need"),
          cell: (row) => <StateCell row={row} onAct={onAct} />,
        },
        {
          key: "answered",
          header: t("answered"),
          ...sortable("answered"),
          cell: (row) => <AnsweredCell row={row} />,
        },
        {
          key: "saved",
          header: t("saved"),
          ...sortable("saved"),
          cell: (row) => <SavedCell row={row} />,
        },
        { key: "online", header: t("connection"), cell: (row) => <OnlineCell row={row} /> },
        {
          key: "left",
          header: t("left"),
          numeric: true,
          ...sortable("left"),
          cell: (row) => <LeftCell row={row} />,
        },
        { key: "extra", header: t("extra"), numeric: true, cell: (row) => <ExtraCell row={row} /> },
        {
          key: "acts",
          header: <span className="sr-only">{t("acts")}</span>,
          numeric: true,
          atHand: true,
          cell: (row) => <RowMenu row={row} onAct={onAct} />,
        },
      ]}
    />
  );
}

function RowMenu({ row, onAct }: { row: WatchedRow; onAct: (acting: Acting) => void }) {
  const { t } = useTranslation("live");
  const label = t("actsFor", { name: row.candidate_name });
  const terminated = row.state === "terminated";
  return (
    <Menu
      label={label}
      trigger={<IconButton size="sm" label={label} icon={<MoreHorizontal aria-hidden />} />}
    >
      <MenuItem
        icon={<Clock aria-hidden />}
        disabled={terminated || row.roster_status !== "expected"}
        onSelect={() => onAct({ act: "time", to: [row] })}
      >
        {t("time.open")}
      </MenuItem>
      {hasEntriesToAdmit(row) && (
        <MenuItem icon={<Hourglass aria-hidden />} onSelect={() => onAct({ act: "late", row })}>
          {t("late.open")}
        </MenuItem>
      )}
      {row.state === "paused" ? (
        <MenuItem icon={<CirclePlay aria-hidden />} onSelect={() => onAct({ act: "resume", row })}>
          {t("resume.open")}
        </MenuItem>
      ) : (
        <MenuItem
          icon={<CirclePause aria-hidden />}
          disabled={!isWriting(row)}
          onSelect={() => onAct({ act: "pause", row })}
        >
          {t("pause.open")}
        </MenuItem>
      )}
      <MenuItem
        icon={<MonitorSmartphone aria-hidden />}
        disabled={!isWriting(row)}
        onSelect={() => onAct({ act: "move", row })}
      >
        {t("move.open")}
      </MenuItem>
      <MenuItem
        danger
        icon={<CircleStop aria-hidden />}
        disabled={!isWriting(row)}
        onSelect={() => onAct({ act: "terminate", row })}
      >
        {t("terminate.open")}
      </MenuItem>
    </Menu>
  );
}
